"""The pages, one blueprint per group."""

from webapp.views import documents, entities, export, facets, passages, search, site

#: Every page blueprint, in the order of the navigation.
BLUEPRINTS = (
    search.blueprint,
    facets.blueprint,
    documents.blueprint,
    passages.blueprint,
    entities.blueprint,
    export.blueprint,
    site.blueprint,
)

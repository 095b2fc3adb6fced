"""The pages, one blueprint per group."""

from webapp.views import check, documents, entities, export, facets, passages, search, site

#: Every page blueprint, in the order of the navigation.
BLUEPRINTS = (
    search.blueprint,
    facets.blueprint,
    documents.blueprint,
    passages.blueprint,
    entities.blueprint,
    export.blueprint,
    check.blueprint,
    site.blueprint,
)

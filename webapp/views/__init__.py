"""The pages, one blueprint per group."""

from webapp.views import documents, entities, export, passages, search, site

#: Every page blueprint, in the order of the navigation.
BLUEPRINTS = (
    search.blueprint,
    documents.blueprint,
    passages.blueprint,
    entities.blueprint,
    export.blueprint,
    site.blueprint,
)

"""The pages, one blueprint per group."""

from webapp.views import check, documents, entities, export, facets, feed, passages, search, sets, site, unapi

#: Every page blueprint, in the order of the navigation.
BLUEPRINTS = (
    search.blueprint,
    facets.blueprint,
    documents.blueprint,
    passages.blueprint,
    entities.blueprint,
    sets.blueprint,
    check.blueprint,
    export.blueprint,
    feed.blueprint,
    unapi.blueprint,
    site.blueprint,
)

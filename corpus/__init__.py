"""What a library holds: model, store, locators, catalogue, citations, exports."""

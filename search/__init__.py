"""Passages to answers: queries, facets, ranking, highlighting; engines hidden behind one interface."""

"""Adding and removing documents in the browser: who may, what was handed in, and the one process that does it."""

"""Files to passages: readers, structure, annotation."""

"""The checks of the extraction report, one concern a file; each gives findings in reading order."""

"""What the field knows by name: organisations, instruments, countries; the grammar of instrument numbers."""

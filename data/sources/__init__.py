"""Source files, read into typed tables."""

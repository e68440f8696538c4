"""*Où en est-on ?*, the first page."""

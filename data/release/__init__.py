"""A release: written, checked, found."""

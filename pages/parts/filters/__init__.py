"""The form of filters."""

"""A release: writing, checking, reading."""

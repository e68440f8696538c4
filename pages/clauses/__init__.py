"""*Types de clause*."""

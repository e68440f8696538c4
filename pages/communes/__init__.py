"""*Communes*."""

"""*Comparer*."""

"""*Recherche*."""

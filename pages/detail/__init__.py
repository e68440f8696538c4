"""*Détail*."""

"""*Définitions*."""

"""*Tous les totaux*."""

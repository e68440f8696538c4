"""*Construire un tableau*."""

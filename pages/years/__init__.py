"""*Année par année*."""

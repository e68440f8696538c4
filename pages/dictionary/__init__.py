"""*Dictionnaire*."""

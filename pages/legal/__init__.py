"""*Mentions légales* and *Données personnelles*."""

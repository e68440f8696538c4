"""*Plan du site*."""

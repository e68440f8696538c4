"""*Accessibilité*."""

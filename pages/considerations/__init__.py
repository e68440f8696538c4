"""*Considérations sociales*."""

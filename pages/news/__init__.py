"""*Nouveautés*."""

"""*Maîtres d’ouvrage*, and the page of one client."""

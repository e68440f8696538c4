"""*Publics* (profile) and *Sorties* (exits)."""

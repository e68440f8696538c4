"""What protects participants and companies: rounding, hidden cells."""

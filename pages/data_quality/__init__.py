"""*Qualité des données*."""

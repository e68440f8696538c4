"""*Qu'est-ce qui a changé ?*"""

"""*Structures*: where several publish."""

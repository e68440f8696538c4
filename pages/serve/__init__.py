"""Several server processes under one command."""

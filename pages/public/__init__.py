"""The public edition: every page of the public version as a file, read without a script and served by any web server."""

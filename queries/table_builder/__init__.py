"""A table described by its link, made into SQL."""

"""Publier. From the files of a month to the release that serves, for who may publish."""

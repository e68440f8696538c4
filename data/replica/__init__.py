"""Copies of a release for other servers: sent to an object store that speaks S3, and followed from there."""

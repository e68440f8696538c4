"""The rights of readers, and the trace of questions."""

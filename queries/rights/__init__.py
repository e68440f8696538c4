"""Who may see what, and the trace of what was asked."""

"""What stands around the frame: start, compression, our own document, security headers, health, incidents."""

"""From frame to reader: the frame, one script per page, and the parts they share."""

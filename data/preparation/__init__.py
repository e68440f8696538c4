"""A release in preparation: files dropped on a page, what they are read as, and the candidate that would serve. State on disk, work beside."""

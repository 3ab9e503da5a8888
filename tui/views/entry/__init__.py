"""One entry of the log in words: its line, and what it tells, on the shelves post, site and person."""

"""The desk's folder on the disk: its files, opened safely, and its lock. Knows nothing of what is written in them."""

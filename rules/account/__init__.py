"""Account of a period: what was owed, what looks odd, and how long things took."""

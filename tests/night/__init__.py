"""A night of twelve hours at one desk, worked by a script that reads only what the officer is shown."""

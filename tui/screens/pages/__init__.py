"""Pages that an act of F9 opens to be read."""

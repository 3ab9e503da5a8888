"""Lists of people: found while one types, cut into slices, marked, and worked on together."""

"""Rounds of the sites as F3 shows them: the matrix of all, and one site by room."""

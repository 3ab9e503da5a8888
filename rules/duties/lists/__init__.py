"""Rows of printed lists of people: the staff, the samples of a day, the checks at home."""

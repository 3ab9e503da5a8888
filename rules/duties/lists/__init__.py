"""Rows of the lists that are printed of many people: the staff, the samples of a day, the checks at home."""

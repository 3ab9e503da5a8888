"""Sheets drawn by seed as many offices write them, with the truth of each person and each fact beside them."""

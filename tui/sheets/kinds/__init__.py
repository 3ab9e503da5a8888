"""Sheets by kind: the fields of each, and what a row of it becomes."""

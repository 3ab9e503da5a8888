"""Decisions on sheets: one file a kind, row by row."""

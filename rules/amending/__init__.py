"""Corrections: every kind of entry can be told again or taken back, and one table says how (`ways`)."""

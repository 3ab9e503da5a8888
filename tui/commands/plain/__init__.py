"""A shift's work by numbered lines, for screen readers, thin links and terminals that draw nothing.

It says one thing a line and asks one thing a line. No cursor moves, nothing is painted over, no key is read raw.
"""

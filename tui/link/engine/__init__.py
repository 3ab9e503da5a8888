"""Desks at an address: their mirrors on this machine, and what is to be said of the engine."""

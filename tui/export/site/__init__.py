"""Sheets of a quarantine site."""

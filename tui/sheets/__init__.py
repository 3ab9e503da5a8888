"""Sheets as they come in real life (Excel, CSV), read into data for `rules`. Each row is accounted for."""

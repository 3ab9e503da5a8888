"""Sheets taken in on screen: chosen or pasted, asked about, looked at, written."""

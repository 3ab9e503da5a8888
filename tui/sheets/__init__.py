"""Sheets as they come in real life (Excel, CSV), read into drafts for `rules`, each row accounted for."""

"""Lines about a quarantine site, without Textual."""

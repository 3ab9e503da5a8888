"""Forms of a quarantine site, one file a form."""

"""Forms of the command post, one file a form."""

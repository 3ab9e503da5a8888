"""Forms about a person, one file a form."""

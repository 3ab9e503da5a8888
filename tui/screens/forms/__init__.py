"""The forms of the desk, one file for each duty or act."""

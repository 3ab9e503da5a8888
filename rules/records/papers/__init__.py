"""Papers that have left the desk."""

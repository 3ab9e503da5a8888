"""Commands of a desk on a server, where an account owns the folder and officers come in at the door."""

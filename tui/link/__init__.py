"""The only door from the screens and the command line to the store."""

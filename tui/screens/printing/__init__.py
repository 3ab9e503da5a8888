"""Pages of paper on the screen: chosen, looked at, copied, written into a file."""

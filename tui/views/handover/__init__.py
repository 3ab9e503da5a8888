"""The handover as lines: its heading, and the rows that the incoming officer accepts."""

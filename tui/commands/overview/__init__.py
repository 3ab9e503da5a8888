"""`overview`: several desks beside each other, each by its summary."""

"""Duties to people whom the desk lets go: the advice that goes with the passage, the calls after it."""

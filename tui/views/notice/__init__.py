"""Lines about a notice: the findings of its check, and the effect of a switch to it."""

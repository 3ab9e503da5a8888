"""Pages of the command post and of the units that report to it."""

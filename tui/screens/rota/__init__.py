"""The rota of both seats: its screen, the forms of a shift, and patterns to plan by."""

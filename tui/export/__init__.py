"""Documents for other readers: JSON shapes that stay, and sheets for the offices above."""

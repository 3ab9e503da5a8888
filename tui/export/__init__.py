"""What other programs read: JSON shapes that stay (design.md section 7), sheets for the desks above."""

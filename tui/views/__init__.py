"""Pure views: the desk's picture, the clock and the words in; lines and rows out. Widths are terminal cells."""

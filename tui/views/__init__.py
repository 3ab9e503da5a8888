"""Pure views: the desk's picture, the clock and the words go in; lines and rows come out. Widths are terminal cells."""

"""Facts of the terminal: cells, colours, keys, signals. Nothing here knows of epidemics."""

"""One entry of the log in words: its line, and the sentence of each told class by the shelf it stands on."""

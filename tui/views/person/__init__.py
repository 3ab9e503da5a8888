"""Lines about one person: his page, the form he is registered with, his course and what is typed of him."""

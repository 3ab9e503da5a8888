"""Chinese sentences: one module a section, the same sections in each language."""

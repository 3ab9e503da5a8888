"""Chinese sentences of the pages that are printed: one module a family."""

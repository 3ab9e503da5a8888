"""Words of the pages that are printed: one class a family of pages."""

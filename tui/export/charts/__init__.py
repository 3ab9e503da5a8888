"""Charts of a page: lines of text, pictures, and drawings in a PDF and in a workbook."""

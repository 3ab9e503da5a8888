"""Reading of files of sheets: whatever a file holds, it ends as rows of cells or as one sentence."""

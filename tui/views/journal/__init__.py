"""Lines about the journal: the changes of a record, and the head on paper."""

"""Pages that give account of a period: the ledger, what is to be asked about, statistics."""

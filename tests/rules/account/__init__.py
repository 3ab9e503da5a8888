"""Account of a period: its ledger, its marks and its statistics."""

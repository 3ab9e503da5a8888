"""The forms of the desk: one file for what one duty or one act asks."""

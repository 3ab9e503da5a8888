"""Parts of forms while they are filled: drafts, names that are offered, and the field that a refusal is about."""

"""Pages of a quarantine site: its day, its people, its staff, its samples."""

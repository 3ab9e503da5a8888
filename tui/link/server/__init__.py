"""Files of a server and of its account: keys, system files, backups, versions."""

"""The server of a desk: its accounts, folders and files of the system, looked at and set up."""

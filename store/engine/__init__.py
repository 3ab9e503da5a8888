"""A desk whose lines are on a database engine. Each machine keeps a mirror of them in a folder."""

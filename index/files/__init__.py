"""Which files of which folders are read."""

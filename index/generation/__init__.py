"""One state of an index: its contents, how they are built, written and read back."""

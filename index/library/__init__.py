"""What an index's owner does: make, update, thin out, make again, ask how it is."""

"""Pairs of documents: copies in another dress, and texts in which one thing was edited."""

"""Which documents and sentences say the same, and where else they stand."""

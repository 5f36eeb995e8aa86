"""Documents to ranked passages; knows nothing of answers."""

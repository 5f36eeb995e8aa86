"""Documents to ranked passages; knows nothing of answers."""

from index.offline import silence

silence()

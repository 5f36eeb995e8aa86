"""Documents to ranked passages; knows nothing of answers."""

import lazy_loader

from index.offline import silence

silence()  # before anything else of ours can import a library that calls home

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

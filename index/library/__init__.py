"""What an index's owner does: make, update, thin out, make again, ask how it is."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

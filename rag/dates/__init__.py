"""Which dates a text says, and when they are: in prose, or by themselves in a cell."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

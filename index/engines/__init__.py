"""An index in an engine for many machines, behind the same seams as one on the disk."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

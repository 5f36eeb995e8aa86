"""What of an index is on the disk, every call that writes it, and stores that are no disk."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

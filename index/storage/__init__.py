"""What of an index is on the disk: generations, their sums, and every call that writes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

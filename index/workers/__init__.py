"""Workers that read and encode files, here or on other machines, for an index's only writer."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

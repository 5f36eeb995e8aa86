"""What elsewhere in the documents says the same as a quotation, adds to it, or goes against it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

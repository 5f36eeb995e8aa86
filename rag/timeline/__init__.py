"""When things are, as documents say: sentences with dates, in the order of these."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

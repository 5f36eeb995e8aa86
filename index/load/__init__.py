"""Files to Documents. One module a format; a new one is a module and a line in `LOADERS`."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

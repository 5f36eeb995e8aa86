"""Who's who: whom and what documents name, each once, with what they say of it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

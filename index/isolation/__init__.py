"""The processes that read people's files, what they may take, and what goes between."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

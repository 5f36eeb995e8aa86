"""Where names stand in a document: people, organisations, places and products, each once."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

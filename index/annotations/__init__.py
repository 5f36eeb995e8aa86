"""What is derived of each document and kept beside an index's generations: labels and offsets."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

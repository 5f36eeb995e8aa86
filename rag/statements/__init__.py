"""What a sentence states: its numbers, dates and words, and whether another states the same."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

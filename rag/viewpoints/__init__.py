"""What speaks for and against something: a question as a proposition, and sentences in camps."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

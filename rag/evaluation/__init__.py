"""`ibid eval`: how well a person's own questions are answered from their own documents."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

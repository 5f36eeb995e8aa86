"""What is compared, what is quoted of each side, and which quotations agree or differ."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

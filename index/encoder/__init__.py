"""A model compiled to ONNX once, texts to vectors always; the only room that may import torch."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

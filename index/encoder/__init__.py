"""A model compiled to ONNX once, texts to vectors always; the only room that may import torch."""

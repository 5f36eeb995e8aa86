"""Sentences to passages, and what embedding and BM25 see of them."""

"""Ask your documents; every sentence of the answer is a quotation you can check.

from rag import ask
answer = ask("What does ENFORCE stand for?")
print(answer.text)
"""

import lazy_loader

import index  # noqa: F401  # which keeps what is imported next from calling home

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

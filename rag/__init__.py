"""Ask your documents; every sentence of the answer is a quotation you can check.

from rag import ask
answer = ask("What does ENFORCE stand for?")
print(answer.text)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import index  # noqa: F401  # which keeps what is imported next from calling home

if TYPE_CHECKING:
    from index.library.index import Index
    from rag.engine import Engine, ask
    from rag.evaluation.report import Report, evaluate
    from rag.proof import Status, Verdict, verify
    from rag.types import Answer, Citation

__all__ = [
    "Answer", "Citation", "Engine", "Index", "Report", "Status", "Verdict", "ask", "evaluate",
    "verify",
]  # fmt: skip

_HOME = {
    "Index": "index.library.index",
    "ask": "rag.engine", "Engine": "rag.engine",
    "evaluate": "rag.evaluation.report", "Report": "rag.evaluation.report",
    "Answer": "rag.types", "Citation": "rag.types",
    "verify": "rag.proof", "Verdict": "rag.proof", "Status": "rag.proof",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `import rag` alone loads no FAISS."""
    if name not in _HOME:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value

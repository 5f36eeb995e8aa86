"""The errors that a program can meet: the tree that is drawn is the tree there is."""

from __future__ import annotations

import re

import index.errors
import rag
from rag import errors


def drawn(document: str) -> list[str]:
    """The names in a drawing, from the top."""
    return re.findall(
        r"^[│├└─ ]*([A-Z]\w+)", document[document.index("IbidError\n") :], re.MULTILINE
    )


def tree(kind: type[BaseException]) -> list[type[BaseException]]:
    """A kind of error and all that are derived from it, as a drawing shows them."""
    return [kind, *(one for below in kind.__subclasses__() for one in tree(below))]


def test_the_tree_is_drawn_twice_as_it_is() -> None:
    ours = [kind.__name__ for kind in tree(rag.IbidError) if kind.__module__ == "index.errors"]
    for document in (errors.__doc__, index.errors.__doc__):
        assert document is not None
        assert sorted(drawn(document)) == sorted(ours)


def test_a_program_can_name_each_of_them() -> None:
    for kind in tree(rag.IbidError):
        if kind.__module__ == "index.errors":
            assert getattr(rag, kind.__name__) is kind
            assert kind.__name__ in dir(rag)

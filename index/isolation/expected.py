"""A file that is going to be asked for, as whoever reads it elsewhere has to know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """`read` gives its bytes, raising UnreadableDocument, and can be pickled.

    `source` and `known` are those it will be asked for with. Where its bytes have the sha256
    `unless`, it will not be asked for.
    """

    read: Callable[[], bytes]
    source: str
    known: Mapping[str, str]
    unless: str = ""

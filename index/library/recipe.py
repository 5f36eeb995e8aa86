"""How files become an index: the parts of it that another one may be put in the place of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.encoder import open_encoder
from index.types import Encoder, Progress

if TYPE_CHECKING:
    from index.isolation import Parsers
    from index.workers import Workers

VERSION = 8  # raise when the same files would give another index


def _parsers() -> Parsers:
    from index.isolation import Parsers  # where nothing has changed, nothing is read

    return Parsers()


@dataclass(frozen=True)
class Recipe:
    """What opens the encoder of a model (and gives its folder), what reads files, which version.

    `workers` are those who read and encode files first, None where the writer does so itself.
    An index that another version made is made again.
    """

    open_encoder: Callable[[str | None, Progress], tuple[Encoder, Path]] = open_encoder
    parsers: Callable[[], Parsers] = _parsers
    version: int = VERSION
    workers: Workers | None = None

"""Fuzzes what an index says of itself: python -m tests.torture.fuzz INDEX -runs=1000

INDEX was made with a `Stub`; its CURRENT, manifest or list of files is written over. Every error is
one that is raised on purpose, or what the parser says it raises.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["index.generation.catalog", "index.storage"]):
    from index.generation.catalog import FILES, Catalog
    from index.generation.generations import (
        CURRENT,
        DAMAGE,
        MANIFEST,
        catalog_of,
    )
    from index.storage.manifest import Manifest, sum_of, unseal

from index.errors import ForeignIndex, IbidError
from index.generation import store
from index.library import library
from index.library.found import Before
from tests.torture.worlds import Stub

ODD = (
    None, True, -1, 0, 1, 2**63, -(2**70), 1e999, float("nan"), 0.5, "", "x", "\udc80", "../..",
    "gen-00000001", "<f4", "O", "V0", "M8[s]", "/", "\x00", [], [[]], {}, {"": 0}, [1, 2, 3], [-1],
    "9" * 5000, [None] * 3,
)  # fmt: skip


def sealed(data: bytes) -> bytes:
    """Any bytes as a file whose sum is right."""
    return b"%b\n%b\n" % (data, sum_of(data).encode())


def changed(lines: list[Any], data: atheris.FuzzedDataProvider) -> bytes:
    """A file that is all JSON, with other values in some places."""
    for _ in range(data.ConsumeIntInRange(1, 3)):
        place: Any = lines
        while isinstance(place, list | dict) and place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = keys[data.ConsumeIntInRange(0, len(keys) - 1)]
            if not isinstance(place[key], list | dict) or data.ConsumeIntInRange(0, 3) == 0:
                place[key] = deepcopy(ODD[data.ConsumeIntInRange(0, len(ODD) - 1)])
                break
            place = place[key]
    return "\n".join(map(json.dumps, lines)).encode()


class Target:
    """An index of which one file is written over and over."""

    def __init__(self, index: Path) -> None:
        self.index = index
        (folder,) = index.glob("gen-*")
        files = (index / CURRENT, folder / MANIFEST, folder / FILES)
        self.good = {file: file.read_bytes() for file in files}

    def __call__(self, given: bytes) -> None:
        data = atheris.FuzzedDataProvider(given)
        file = list(self.good)[data.ConsumeIntInRange(0, 2)]
        way = data.ConsumeIntInRange(0, 3)
        if way < 2:
            content = data.ConsumeBytes(len(given))
            self.use(file, sealed(content) if way else content)
        else:
            lines = list(map(json.loads, unseal(self.good[file]).split("\n")))
            self.use(file, sealed(changed(lines, data)))

    def use(self, file: Path, content: bytes) -> None:
        """The file holds this: parse it, and open the index."""
        for other, good in self.good.items():
            other.unlink(missing_ok=True)
            other.write_bytes(content if other == file else good)
        if file.name == MANIFEST:
            (self.index / CURRENT).unlink()  # it knows the manifest's sum
        if file.name in PARSERS:
            with suppress(*DAMAGE, ForeignIndex):
                PARSERS[file.name](content)
        for look in (
            store.summary_of,
            store.open_index,
            store.base_of,
            catalog_of,
            store.damage_of,
        ):
            with suppress(IbidError):
                look(self.index)
        with suppress(IbidError):
            Before.of(self.index, library.VERSION, check=True)


PARSERS: dict[str, Callable[[bytes], object]] = {
    MANIFEST: Manifest.from_bytes, FILES: Catalog.from_bytes,
}  # fmt: skip


def main() -> None:
    store.OnnxEncoder = Stub  # type: ignore[misc, assignment]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], Target(Path(sys.argv[1])))
    atheris.Fuzz()


if __name__ == "__main__":
    main()

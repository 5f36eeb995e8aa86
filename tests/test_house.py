"""Nobody reaches past a room's face: what is in a room is imported from outside by its face alone.

A room is a folder of `index`, `rag` or `ui`; its face is its `__init__`. From `index`, rag and ui
take what `index/__init__` itself offers, and nothing deeper. import-linter holds the order of the
rooms.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PROGRAM = ("index", "rag", "ui")
# what is used as a namespace of its own: `disk.write` says more than `write`
NAMESPACES = {"index.storage.cache", "index.storage.disk", "ui.page.frame"}
# what reads or changes a room's inside since that is what it measures or fits
INSIDERS = {
    "benchmarks.kit.sets": {"index.load.text"},  # a paragraph that stands in no file
    "benchmarks.million": {"index.generation.contents"},  # times each stage of writing
    "benchmarks.page_load": {"ui.server.limits"},
    "benchmarks.update": {"index.library.library"},  # another encoder
    "training.summary": {"rag.compose.summary"},  # what it fits
}


def modules() -> dict[str, Path]:
    """Every module of the program and of what measures it, by its dotted name."""
    files = (
        f for top in (*PROGRAM, "benchmarks", "training") for f in (REPOSITORY / top).rglob("*.py")
    )
    return {name_of(file): file for file in files}


def name_of(file: Path) -> str:
    """The dotted name of a module's file."""
    parts = file.relative_to(REPOSITORY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = modules()
ROOMS = {
    name for name, file in MODULES.items()
    if name.count(".") == 1 and name.startswith(PROGRAM) and file.name == "__init__.py"
}  # fmt: skip


def imported(file: Path) -> Iterator[str]:
    """The modules of ours that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name in MODULES)


def past_a_face(importer: str, target: str) -> bool:
    """Whether the module `importer` reaches past a face to import `target`."""
    top, *below = target.split(".")
    room = ".".join(target.split(".")[:2])
    own = importer.split(".")[0]
    if own in ("rag", "ui") and top == "index":
        return bool(below)
    inside = target not in NAMESPACES | {room} and room in ROOMS
    return inside and importer != room and not importer.startswith(f"{room}.")


def test_nobody_reaches_past_a_face() -> None:
    reached = {
        name: {target for target in imported(file) if past_a_face(name, target)}
        for name, file in MODULES.items()
    }
    assert {name: found for name, found in reached.items() if found} == INSIDERS


@pytest.mark.parametrize(
    ("importer", "target", "is_past"),
    [
        ("rag.engine", "index", False),
        ("rag.engine", "index.language", True),
        ("index.search.dense", "index.language", False),
        ("index.search.dense", "index.language.detect", True),
        ("index.search.dense", "index.search.cells", False),
        ("index.search.dense", "index.types", False),
        ("ui.cli", "rag.engine", False),
        ("ui.cli", "rag.reader.pairs", True),
        ("training.fit", "index.language", False),
    ],
)
def test_what_reaches_past_one(importer: str, target: str, is_past: bool) -> None:
    assert past_a_face(importer, target) is is_past


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_no_face_offers_a_name_that_one_of_its_modules_has(room: str) -> None:
    """Python would show one and then the other, by what was imported first."""
    face = MODULES[room].with_suffix(".pyi")
    if face.exists():
        offered = {a.asname for n in ast.walk(ast.parse(face.read_text("utf-8")))
                   if isinstance(n, ast.ImportFrom) and n.module for a in n.names}  # fmt: skip
        assert not offered & {file.stem for file in face.parent.iterdir()}

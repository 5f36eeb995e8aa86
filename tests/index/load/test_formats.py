"""Real files of each format, made by real programs: what is read of them is a golden file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.layout.divide import layout
from index.load.loading import load_file
from index.types import Document

FORMATS = Path(__file__).parents[2] / "formats"
GOLDEN = Path(__file__).parents[2] / "golden" / "formats"
FILES = sorted(p.name for p in FORMATS.iterdir() if not p.name.startswith("."))

HIDDEN = ("sha256", "loader", "aside")  # of the file's bytes; words that are not in the text


def shown(document: Document) -> str:
    """A document as a person checks it: what is known of it, and its blocks, a line each."""
    known = {k: v for k, v in sorted(document.meta.items()) if k not in HIDDEN}
    head = [f"{document.source}: {document.title}", *(f"  {k}: {v}" for k, v in known.items())]
    body = []
    for block in document.blocks:
        level = str(block.level or "")
        marker = document.text[block.start : block.body].strip()
        words = document.text[block.body : block.end]
        place = document.page(block.start)
        kind = f"{block.kind.value}{level}"
        body.append(f"{place and f'[{place}] '}{kind}: {marker and f'({marker}) '}{words!r}")
    return "\n".join([*head, *body]) + "\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_what_is_read_of_a_file(name: str) -> None:
    loaded = load_file((FORMATS / name).read_bytes(), name)
    failed = [f"failed {f.source}: {f.reason}\n" for f in loaded.failures]
    text = "\n".join([*map(shown, loaded.documents), *failed])
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_every_visible_character_is_in_one_block_and_one_piece(name: str) -> None:
    for document in load_file((FORMATS / name).read_bytes(), name).documents:
        assert list(document.pages) == sorted(document.pages)
        for parts in (document.blocks, layout(document)):
            at = 0
            for part in parts:
                assert not document.text[at : part.start].strip()
                at = part.end
            assert not document.text[at:].strip()

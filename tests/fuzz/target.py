"""What is fuzzed: a loader over any bytes. Only a typed refusal may come out of it, or a text."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.load.formats import Parsed

CORPUS = Path(__file__).parent / "corpus"
# what is fuzzed, by the name of its folder in the corpus, and the suffix its files are read under
SUFFIXES: Mapping[str, str] = {
    "captions": ".vtt", "csv": ".csv", "docx": ".docx", "eml": ".eml", "epub": ".epub",
    "html": ".html", "ini": ".ini", "ipynb": ".ipynb", "json": ".json", "jsonl": ".jsonl",
    "log": ".log", "markdown": ".md", "mbox": ".mbox", "pdf": ".pdf", "pptx": ".pptx",
    "rst": ".rst", "text": ".txt", "toml": ".toml", "xlsx": ".xlsx", "xml": ".xml", "yaml": ".yaml",
    "zip": ".zip",
}  # fmt: skip
ZIPPED = frozenset(("docx", "epub", "pptx", "xlsx", "zip"))


def run(name: str, data: bytes) -> None:
    """Read the bytes; raises what a loader must not raise, or AssertionError."""
    from index.errors import UnreadableDocument
    from index.failures import Failure
    from index.isolation.frames import frame_of, parsed
    from index.load.formats import Parsed
    from index.load.loading import parse_file

    source = f"fuzz{SUFFIXES[name]}"
    try:
        found = parse_file(data, source, {})
    except UnreadableDocument as exc:
        found = [Failure(source, str(exc))]
    for one in found:
        if isinstance(one, Parsed):
            over = parsed(frame_of(one))
            assert list(over.pieces) == list(one.pieces)
            assert over == one._replace(blocks=(), meta=dict(one.meta), pieces=over.pieces)
            assert_in_blocks(one)
        else:
            assert one.source.startswith(source)
            assert one.reason.startswith(source)


def assert_in_blocks(text: Parsed) -> None:
    """Every visible character is in one block."""
    at = 0
    for block in text.blocks:
        assert not text.text[at : block.start].strip()
        at = block.end
    assert not text.text[at:].strip()


def mutator(mutate: Callable[[bytes, int], bytes]) -> Callable[[bytes, int, int], bytes]:
    """Changes a file in a zip archive: what is changed outside of one ends at the checksums."""

    def changed(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        try:
            with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
                held = {name: archive.read(name) for name in archive.namelist()}
        except Exception:
            return mutate(data, most)
        if not held or chance.random() < 0.1:
            return mutate(data, most)
        name = chance.choice(sorted(held))
        held[name] = mutate(held[name], max(len(held[name]) * 2, 100))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for one, content in held.items():
                archive.writestr(one, content)
        return out.getvalue() if len(out.getvalue()) <= most else data

    return changed

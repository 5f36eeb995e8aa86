"""Would a library read these files as well?

    python -m benchmarks.libraries --python PYTHON FOLDER...

PYTHON is that of a venv of its own, with the libraries of `benchmarks/kit/others.py`; what is not
in it is said. The files are those of the folders: tests/formats, and your own. Of each format and
library: `words`, the share of the words that ours reads that are in the library's text; `more`,
words of the library's that ours sets aside, over ours; `labels`, the share of our cells with a
label that stand in one line with it; `time`, the library's processor time over ours; and what it
takes on the disk with all that it needs. Ours is compared, and is not the truth: read what differs
with --verbose.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.kit import others
from index.errors import UnreadableDocument
from index.language import as_shown, letters
from index.load import load_file
from index.types import BlockKind, Document

CANDIDATES: Mapping[str, Sequence[str]] = {
    ".html": ("trafilatura", "inscriptis", "markitdown"),
    ".epub": ("ebooklib", "markitdown"),
    ".eml": ("mail-parser",),
    ".docx": ("docx2txt", "mammoth", "python-docx", "markitdown"),
    ".pptx": ("python-pptx", "markitdown"),
    ".xlsx": ("openpyxl", "python-calamine", "markitdown"),
    ".csv": ("pandas", "markitdown"),
    ".pdf": ("pdfplumber", "pypdf", "markitdown"),
    ".ipynb": ("nbformat", "markitdown"),
    ".srt": ("pysrt", "webvtt-py"),
    ".vtt": ("webvtt-py",),
    ".md": ("python-frontmatter", "markitdown"),
    ".txt": ("markitdown",),
    ".json": ("markitdown",),
    ".xml": ("markitdown",),
    ".yaml": ("markitdown",),
    ".ini": ("markitdown",),
    ".log": ("markitdown",),
    ".rst": ("markitdown",),
    ".zip": ("markitdown",),
}


class ReadBeside(NamedTuple):
    """What a library reads of one file beside ours; counts, and seconds."""

    words: int
    found: int
    more: int
    cells: int
    labelled: int
    seconds: float
    ours: float


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--python", required=True, help="The Python of a venv with the libraries.")
    parser.add_argument("--suffix", help="Of these files alone, as .docx.")
    parser.add_argument("--verbose", action="store_true", help="Print the words that differ.")
    chosen = parser.parse_args()
    every = sorted(file for folder in chosen.folders for file in folder.rglob("*"))
    for suffix, libraries in CANDIDATES.items():
        if chosen.suffix not in (None, suffix):
            continue
        files = [file for file in every if file.suffix == suffix]
        for library in libraries if files else ():
            for line in _lines(suffix, library, files, chosen):
                print(line, flush=True)


def _lines(
    suffix: str, library: str, files: Sequence[Path], chosen: argparse.Namespace
) -> Iterator[str]:
    told = _read_by(chosen.python, library, files)
    compared = []
    for file, one in zip(files, told, strict=False):
        documents, seconds = _ours(file)
        if "text" not in one or not documents:
            said = one.get("error", "not read by ours").splitlines()
            yield f"{suffix} {library}: {file.name}: {said[0][:99]}"
            continue
        lost, more = _differing(documents, one["text"])
        if chosen.verbose:
            yield f"{suffix} {library}: {file.name}: lost {dict(lost)}, more {dict(more)}"
        words = sum(len(_words(d.text)) for d in documents)
        cells, labelled = _labels(documents, one["text"])
        found = words - lost.total()
        compared.append(
            ReadBeside(words, found, more.total(), cells, labelled, one["seconds"], seconds)
        )
    if compared:
        sums = ReadBeside(*map(sum, zip(*compared, strict=True)))
        labels = f"{sums.labelled / sums.cells:.0%}" if sums.cells else "-"
        yield (
            f"{suffix} {library}: {len(compared)} of {len(files)} files, "
            f"words {sums.found / sums.words:.0%}, more {sums.more / sums.words:.0%}, "
            f"labels {labels}, time {sums.seconds / sums.ours:.1f}, "
            f"{told[-1]['megabytes']:.1f} MB"
        )


def _read_by(python: str, library: str, files: Sequence[Path]) -> list[dict[str, Any]]:
    command = [python, others.__file__, library, *map(str, files)]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def _ours(file: Path) -> tuple[Sequence[Document], float]:
    """The documents of a file, none where it cannot be read, and the processor time, in seconds."""
    data = file.read_bytes()
    try:
        load_file(data, file.name)  # it imports what it needs
        begun = time.process_time()
        documents = load_file(data, file.name).documents
    except UnreadableDocument:
        return (), 0.0
    return documents, time.process_time() - begun


def _words(text: str) -> list[str]:
    """Letters and digits alone, word by word."""
    return [word for word in map(letters, as_shown(text).split()) if word]


def _differing(documents: Sequence[Document], text: str) -> tuple[Counter[str], Counter[str]]:
    """The words of ours that stand nowhere in the text, and the other way round.

    Ours says a label in each row: how often a word stands is not compared.
    """
    ours = Counter(word for document in documents for word in _words(document.text))
    theirs = Counter(_words(text))
    return Counter({w: n for w, n in ours.items() if w not in theirs}), Counter(
        {w: n for w, n in theirs.items() if w not in ours}
    )


def _labels(documents: Sequence[Document], text: str) -> tuple[int, int]:
    """How many cells ours says with their labels, and how many of them a line of the text does."""
    lines = [letters(as_shown(line)) for line in text.splitlines()]
    cells = [
        (letters(label), letters(value))
        for document in documents
        for block in document.blocks
        if block.kind is BlockKind.ROWS
        for label, mark, value in (
            cell.partition(": ") for cell in document.text[block.body : block.end].split("; ")
        )
        if mark
    ]
    said = sum(any(label in line and value in line for line in lines) for label, value in cells)
    return len(cells), said


if __name__ == "__main__":
    main()

"""What it costs that files are read in processes of their own.

    python -m benchmarks.isolation

A thousand small files (0.5-8 kB of text, seeded, made of the bundled articles) in Markdown, HTML,
plain text and DOCX are read with and without isolation, in turn, after one warm-up of each; the
start of the processes is part of the time, and so is the reading of the files from the disk.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import seeds
from index.errors import UnreadableDocument
from index.files import Root, find_files, read_bytes
from index.library import load_folder
from index.load import Loaded, failed, load_file

FILES = 1_000
RUNS = 7
CHARACTERS = (500, 8_000)
_TYPES = "http://schemas.openxmlformats.org"
_RELATIONSHIPS = (
    f'<Relationships xmlns="{_TYPES}/package/2006/relationships"><Relationship Id="a" '
    f'Type="{_TYPES}/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORD = (
    f'<w:document xmlns:w="{_TYPES}/wordprocessingml/2006/main"><w:body>{{}}</w:body></w:document>'
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--runs", type=int, default=RUNS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), chosen.files)
        for line in measured(Path(folder), chosen.runs):
            print(line, flush=True)


def measured(folder: Path, runs: int) -> Iterator[str]:
    """The seconds of each run, and how the medians compare."""
    with_, without = [], []
    for run in range(runs + 1):
        plain, expected = _timed(in_this_process, folder)
        isolated, found = _timed(load_folder, folder)
        assert [d.id for d in found.documents] == [d.id for d in expected.documents]
        if run:
            with_.append(isolated)
            without.append(plain)
            yield f"{plain:.2f} s without, {isolated:.2f} s with: {isolated / plain:.2f}"
    ratios = sorted(a / b for a, b in zip(with_, without, strict=True))
    medians = statistics.median(with_), statistics.median(without)
    yield (
        f"{len(found.documents):,} files, medians of {runs}: {medians[1]:.2f} s without, "
        f"{medians[0]:.2f} s with, ratio {medians[0] / medians[1]:.2f} "
        f"({ratios[0]:.2f}-{ratios[-1]:.2f})"
    )


def in_this_process(folder: Path) -> Loaded:
    """The documents of a folder, read by the process that asks."""
    root = Root(folder)
    each = [_plainly(read_bytes(file, root), file.source) for file in find_files(root).files]
    return Loaded(
        tuple(document for loaded in each for document in loaded.documents),
        tuple(failure for loaded in each for failure in loaded.failures),
    )


def write_files(folder: Path, count: int) -> None:
    """Files in turn of four formats, each with its own text."""
    chance = random.Random(0)
    paragraphs = [p for d in load_folder(seeds.FOLDER).documents for p in d.text.split("\n\n")]
    for number in range(count):
        wanted, parts = chance.randint(*CHARACTERS), [f"Notes, part {number}"]
        while sum(map(len, parts)) < wanted:
            parts.append(chance.choice(paragraphs))
        suffix, made = _FORMATS[number % len(_FORMATS)]
        (folder / f"{number:04}{suffix}").write_bytes(made(parts))


def _plainly(data: bytes, source: str) -> Loaded:
    try:
        return load_file(data, source)
    except UnreadableDocument as exc:
        return failed(source, exc)


def _timed(job: Callable[[Path], Loaded], folder: Path) -> tuple[float, Loaded]:
    start = time.perf_counter()
    found = job(folder)
    return time.perf_counter() - start, found


def _markdown(parts: Sequence[str]) -> bytes:
    return "\n\n".join([f"# {parts[0]}", *parts[1:]]).encode()


def _text(parts: Sequence[str]) -> bytes:
    return "\n\n".join(parts).encode()


def _html(parts: Sequence[str]) -> bytes:
    head, *body = (html.escape(part) for part in parts)
    return f"<title>{head}</title><h1>{head}</h1><p>{'</p><p>'.join(body)}</p>".encode()


def _docx(parts: Sequence[str]) -> bytes:
    out = io.BytesIO()
    runs = (f"<w:p><w:r><w:t>{html.escape(part)}</w:t></w:r></w:p>" for part in parts)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", _RELATIONSHIPS)
        file.writestr("word/document.xml", _WORD.format("".join(runs)))
    return out.getvalue()


_FORMATS = ((".md", _markdown), (".html", _html), (".txt", _text), (".docx", _docx))

if __name__ == "__main__":
    main()

"""The same documents in other formats: are the same sentences quoted?

    python -m benchmarks.formats --data ../shared/data

The five whole documents of chroma_chunking are rendered to HTML by markdown-it, printed to PDF by
chromium, and written as DOCX and EPUB by LibreOffice (`apt-get install chromium libreoffice-writer
poppler-utils`). 100 of their questions, seeded, are asked of each set: how many quote first what
the Markdown's answer quotes first, letters and digits compared, or abstain as it does. The page of
a PDF's quotation is judged by what pdftotext finds on it. The text's likeness is the share of runs
of five words that both texts have.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from benchmarks.kit.corpora import encoded
from benchmarks.kit.programs import print_page, run, soffice
from benchmarks.kit.sets import chroma
from index.encoder import open_encoder
from index.language import as_shown, letters
from index.layout import layout
from index.library import Index
from index.pieces import Kind
from index.types import Document
from rag.answers import Answer
from rag.engine import Engine
from rag.reader import open_reader

QUESTIONS = 100
RUN = 5  # words
FORMATS = ("*.md", "*.html", "*.pdf", "*.docx", "*.epub")  # the data has its questions beside them
PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><style>
body {{ font: 11pt/1.4 serif; }} pre {{ white-space: pre-wrap; }} td, th {{ border: 1px solid; }}
</style></head><body>{body}</body></html>"""


class Read(NamedTuple):
    """A format's documents by their names without suffix, and the seconds it took to read them."""

    documents: Mapping[str, Document]
    seconds: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="A folder to leave the converted files in.")
    parser.add_argument("--verbose", action="store_true", help="Print each difference.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = chosen.keep or Path(folder)
        for line in measured(chosen.data / "chroma_chunking", work, chosen.verbose):
            print(line, flush=True)


def measured(data: Path, work: Path, verbose: bool = False) -> Iterator[str]:
    """The figures of each format, a line each."""
    asked = list(chroma(data))
    random.Random(0).shuffle(asked)
    questions = [question for question, _, _ in asked[:QUESTIONS]]
    plain = _read(data)
    expected = _ask(plain, questions)
    yield f"md: {sum(map(bool, expected))} of {len(questions)} questions answered"
    for suffix, folder in _write_formats(data, work).items():
        read = _read(folder)
        answers = _ask(read, questions)
        same = [_said(a) == _said(b) for a, b in zip(answers, expected, strict=True)]
        yield (
            f"{suffix}: {sum(same)} of {len(same)} the same; text {_likeness(read, plain):.4f}, "
            f"headings {_headings(read, plain)}, read in {read.seconds / plain.seconds:.1f} of "
            "the Markdown's time"
        )
        if suffix == "pdf":
            yield _pages(folder, answers)
        if verbose:
            yield from _differences(questions, answers, expected)


def _read(folder: Path) -> Read:
    start = time.perf_counter()
    documents = Index.load(folder, include=FORMATS).documents
    seconds = time.perf_counter() - start
    return Read({Path(d.source).stem: d for d in documents}, seconds)


def _ask(read: Read, questions: Sequence[str]) -> list[Answer]:
    encoder, _ = open_encoder(None)
    contents, remembering = encoded(list(read.documents.values()), encoder)
    engine = Engine(contents.retriever(remembering), open_reader(), contents.documents)
    return [engine.ask(question) for question in questions]


def _said(answer: Answer) -> str:
    """The letters of the sentence that answers best; "" for an abstention."""
    best = answer.best
    return letters(as_shown(best.document.cut(best.top))) if best else ""


def _likeness(read: Read, plain: Read) -> float:
    """Runs of words that both texts have, over those of either: the mean of the documents."""
    shares = []
    for name, document in plain.documents.items():
        one, other = _runs(document), _runs(read.documents[name])
        shares.append((one & other).total() / (one | other).total())
    return sum(shares) / len(shares)


def _runs(document: Document) -> Counter[tuple[str, ...]]:
    words = [word for word in map(letters, as_shown(document.text).split()) if word]
    return Counter(zip(*(words[i:] for i in range(RUN)), strict=False))


def _headings(read: Read, plain: Read) -> str:
    """How many of the Markdown's headings are headings here."""
    found = total = 0
    for name, document in plain.documents.items():
        wanted, here = _heading_lines(document), _heading_lines(read.documents[name])
        found, total = found + len(wanted & here), total + len(wanted)
    return f"{found} of {total}"


def _heading_lines(document: Document) -> set[str]:
    pieces = [p for p in layout(document) if p.kind in (Kind.HEADING, Kind.TITLE)]
    return {letters(as_shown(document.text[p.start : p.end])) for p in pieces}


def _pages(folder: Path, answers: Sequence[Answer]) -> str:
    """How many quotations begin on the page that their citation names."""
    cited = [c for answer in answers for c in answer.citations]
    right = sum(
        letters(c.quote)[:30] in _printed_letters(folder / c.document.source, _count_of(c.page))
        for c in cited
    )
    return f"pdf: {right} of {len(cited)} quotations on the page that is named"


def _count_of(page: str) -> int:
    """The place of a page among all: 3 of "p. 3", 7 of "p. 3 (7 of 90)"."""
    return int(page.removeprefix("p. ").rpartition("(")[2].split()[0])


@cache
def _printed_letters(file: Path, page: int) -> str:
    """The letters of a page, and the first of the next one, as pdftotext reads them."""
    text = [
        run("pdftotext", "-raw", "-f", str(n), "-l", str(n), file, "-") for n in (page, page + 1)
    ]
    return letters(text[0]) + letters(text[1])[:30]


def _differences(
    questions: Sequence[str], answers: Sequence[Answer], expected: Sequence[Answer]
) -> Iterator[str]:
    for question, answer, other in zip(questions, answers, expected, strict=True):
        if _said(answer) != _said(other):
            told = [a.best.document.cut(a.best.top) if a.best else "-" for a in (other, answer)]
            yield f"  {question}\n    md:   {told[0]!r}\n    here: {told[1]!r}"


def _write_formats(data: Path, work: Path) -> dict[str, Path]:
    """The documents in each format: suffix and folder."""
    folders = {suffix: work / suffix for suffix in ("html", "pdf", "docx", "epub")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    render = MarkdownIt("commonmark").enable("table").render
    for source in sorted(data.glob("*.md")):
        html = folders["html"] / f"{source.stem}.html"
        html.write_text(PAGE.format(title=source.stem, body=render(source.read_text("utf-8"))))
        pdf = folders["pdf"] / f"{source.stem}.pdf"
        if not pdf.exists():
            print_page(html, pdf)
        for suffix in ("docx", "epub"):
            if not (folders[suffix] / f"{source.stem}.{suffix}").exists():
                soffice([html], suffix, folders[suffix], "--infilter=HTML (StarWriter)")
    return folders


if __name__ == "__main__":
    main()

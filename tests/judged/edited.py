"""The edits of edits.jsonl, done: documents, a quotation of one, and what becomes of it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from index import Span, split
from index.load.loading import load_file
from rag.answers import Answer
from rag.citations import Citation
from rag.proof import CurrentDocuments, Verdict, verify
from tests.judged import judged

REPOSITORY = Path(__file__).parents[2]
_MARKS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_]{1,2}(?=\S)([^*_]+)[*_]{1,2}")


class Edit(NamedTuple):
    """One line of the file: what was quoted, and what became of it by hand and by the program."""

    marks: Mapping[str, Any]
    verdict: Verdict

    @property
    def found(self) -> str:
        """What the program says."""
        return self.verdict.status.value

    @property
    def is_right(self) -> bool:
        """Whether it says what was marked, and of the file that was marked."""
        to = self.marks.get("to")
        where = self.verdict.now.document.source if self.verdict.now else None
        return self.found in self.marks["outcome"] and (to is None or to == where)


def edits(folder: Path) -> Iterator[Edit]:
    """Each edit, done in a folder of its own."""
    for marks in judged("edits"):
        yield Edit(marks, _done(marks, folder / marks["id"]))


def _done(marks: Mapping[str, Any], folder: Path) -> Verdict:
    for path in marks["files"]:
        file = folder / Path(path).name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes((REPOSITORY / path).read_bytes())
    for name, made in marks.get("own", {}).items():
        folder.mkdir(parents=True, exist_ok=True)
        text = made if isinstance(made, str) else _other(*made)
        (folder / name).write_text(text, "utf-8")
    saved = quoted(marks, _read(folder)).to_dict()
    for do, *given in marks["do"]:
        _DONE[do](folder, *given)
    (verdict,) = verify(saved, _read(folder))
    return verdict


def _read(folder: Path) -> CurrentDocuments:
    """The documents of a folder, read in this process: it is the same, and takes no time."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    loaded = (load_file(f.read_bytes(), f.relative_to(folder).as_posix()) for f in files)
    return CurrentDocuments([document for found in loaded for document in found.documents])


def _other(_: str, path: str, old: str, new: str) -> str:
    return _once((REPOSITORY / path).read_text("utf-8"), old, new)


def quoted(marks: Mapping[str, Any], current: CurrentDocuments) -> Answer:
    """An answer with the quotation, as an engine would make it of the first document that says it.

    Each of its sentences is one of the document's, and so are its headings. `context` says what
    it leans on.
    """
    said = [d for d in current.documents if marks["quote"] in d.text]
    document, *others = sorted(said, key=lambda d: d.source == "mirror.txt")
    before = marks.get("context", "")
    at = document.text.index(before) if before else 0
    start = document.text.index(marks["quote"], at)
    span = Span(start, start + len(marks["quote"]))
    passages = split(document, lambda texts: [1] * len(texts))
    (passage,) = (p for p in passages if any(s.span == span for s in p.sentences))
    context = Span(at, at + len(before)) if before else None
    also = tuple(d.source for d in others)
    cited = Citation(document, *span, context, 1.0, 1, passage.headings, (span,), also=also)
    return Answer("?", (cited,), (), 0.9)


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def _replace(folder: Path, name: str, old: str, new: str) -> None:
    _rewrite(folder / name, lambda text: _once(text, old, new))


def _replace_all(folder: Path, name: str, old: str, new: str) -> None:
    _rewrite(folder / name, lambda text: text.replace(old, new))


def _cut(folder: Path, name: str, old: str, new: str = "") -> None:
    _replace(folder, name, old, new)


def _rewrite(file: Path, edit: Any) -> None:
    text = file.read_bytes().decode("utf-8")
    changed = edit(text)
    assert changed != text
    file.write_bytes(changed.encode("utf-8"))


def _rename(folder: Path, old: str, new: str) -> None:
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / old).rename(folder / new)


def _copy(folder: Path, old: str, new: str) -> None:
    (folder / new).parent.mkdir(parents=True, exist_ok=True)
    (folder / new).write_bytes((folder / old).read_bytes())


def _swap(folder: Path, one: str, other: str) -> None:
    a, b = (folder / one).read_bytes(), (folder / other).read_bytes()
    (folder / one).write_bytes(b)
    (folder / other).write_bytes(a)


def _delete(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / "other.txt").write_text("Another document stays.\n\nIt says nothing of it.\n")


def _write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, "utf-8")


def _encode(folder: Path, name: str, encoding: str) -> None:
    file = folder / name
    file.write_bytes(file.read_text("utf-8").encode(encoding))


def _wrap(folder: Path, name: str, width: int) -> None:
    import textwrap

    def wrapped(text: str) -> str:
        return "\n\n".join(textwrap.fill(line, width) for line in text.splitlines() if line)

    _rewrite(folder / name, wrapped)


def _sort(folder: Path, name: str) -> None:
    def sorted_rows(text: str) -> str:
        head, *rows = text.splitlines()
        return "\n".join([head, *reversed(rows)]) + "\n"

    _rewrite(folder / name, sorted_rows)


def _column(folder: Path, name: str, at: int, head: str, cell: str) -> None:
    def wider(text: str) -> str:
        rows = list(csv.reader(io.StringIO(text)))
        for i, row in enumerate(rows):
            row.insert(at, cell if i else head)
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue()

    _rewrite(folder / name, wider)


def _split_off(folder: Path, name: str, first: str, last: str, other: str) -> None:
    text = (folder / name).read_text("utf-8")
    start, end = text.index(first), text.index(last)
    (folder / other).write_text(text[start:end], "utf-8")
    (folder / name).write_text(text[:start] + text[end:], "utf-8")


def _convert(folder: Path, old: str, new: str) -> None:
    """As an editor saves it in another format: paragraphs, headings, no marks of Markdown."""
    text = (folder / old).read_text("utf-8")
    (folder / old).unlink()
    if new.endswith(".md"):
        (folder / new).write_text(text, "utf-8")
        return
    blocks = [b for b in re.split(r"\n\s*\n", re.sub(r"(?s)\A---.*?---\n", "", text)) if b.strip()]
    plain = [(b.startswith("#"), _MARKS.sub(r"\1\2", b.lstrip("# ")).strip()) for b in blocks]
    if new.endswith(".html"):
        tags = "\n".join(f"<{'h2' if h else 'p'}>{t}</{'h2' if h else 'p'}>" for h, t in plain)
        title = text.splitlines()[0]
        page = f"<!doctype html><title>{title}</title><body>{tags}</body>"
        (folder / new).write_text(page, "utf-8")
        return
    _write_docx(folder / new, plain)


def _write_docx(file: Path, blocks: Sequence[tuple[bool, str]]) -> None:
    main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    style = '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>'
    body = "".join(
        f"<w:p>{style if is_heading else ''}<w:r><w:t>{text}</w:t></w:r></w:p>"
        for is_heading, text in blocks
    )
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    related = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="{relations}"/>'
            f'<Override PartName="/word/document.xml" ContentType="{word}"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{related}"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>',
        )


_DONE: dict[str, Callable[..., None]] = {
    "replace": _replace,
    "replace-all": _replace_all,
    "cut": _cut,
    "rename": _rename,
    "copy": _copy,
    "swap": _swap,
    "delete": _delete,
    "write": _write,
    "encode": _encode,
    "wrap": _wrap,
    "sort": _sort,
    "column": _column,
    "split-off": _split_off,
    "convert": _convert,
}

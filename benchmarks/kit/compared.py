"""Files that programs wrote, and what Ibid and another program read of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.kit.articles import Article
from benchmarks.kit.likeness import Likeness, likeness, total
from benchmarks.kit.programs import missing
from benchmarks.kit.second_readers import SecondReader, second_readers
from benchmarks.kit.written import producers
from index.errors import DocumentError
from index.language import as_shown
from index.load import load_file

_LEAST = 100  # characters of a file that is found, for it to be compared


class Compared(NamedTuple):
    """How alike a file's text is to what Ibid read of it, and to what the second reader read."""

    form: str
    producer: str
    file: Path
    own: Likeness
    second: Likeness | None = None


def written(articles: Sequence[Article], work: Path) -> Iterator[Compared]:
    """Each producer's files: what it was given is the text. What is not installed is told."""
    for (suffix, name), producer in producers().items():
        if lacking := missing(producer.programs):
            print(f"{suffix} by {name} is left out: install {', '.join(lacking)}", flush=True)
            continue
        folder = work / f"{suffix[1:]}-{name.replace(' ', '-')}"
        folder.mkdir(parents=True, exist_ok=True)
        files = {folder / f"{a.name}{suffix}": a for a in articles if producer.can(a)}
        if new := {file: article for file, article in files.items() if not file.exists()}:
            producer.write(new)
        seconds = _read(second_readers()[suffix], list(files))
        for file, article in files.items():
            second = likeness(article.text, seconds[file]) if file in seconds else None
            yield Compared(suffix, name, file, likeness(article.text, text_of(file)), second)


def found(folder: Path) -> Iterator[Compared]:
    """The files of a folder: what the second reader reads is the text, whatever wrote them."""
    for suffix, reader in second_readers().items():
        files = [file for file in sorted(folder.rglob(f"*{suffix}")) if file.is_file()]
        for file, text in _read(reader, files).items():
            if len(text) >= _LEAST:
                yield Compared(suffix, reader.name, file, likeness(text, text_of(file)))


def _read(reader: SecondReader, files: Sequence[Path]) -> dict[Path, str]:
    """What the second reader reads of each; nothing where it is not installed, which is told."""
    if lacking := missing(reader.programs):
        print(f"{reader.name} is not asked: install {', '.join(lacking)}", flush=True)
        return {}
    return reader.read(files) if files else {}


def text_of(file: Path) -> str:
    """All that Ibid reads of a file, without Markdown's addresses; "" where it refuses it."""
    try:
        documents = load_file(file.read_bytes(), file.name).documents
    except DocumentError:
        return ""
    shown = as_shown if file.suffix == ".md" else str
    return "\n".join(shown(document.text) for document in documents)


def table(compared: Iterable[Compared]) -> Iterator[str]:
    """A Markdown table: a line for each format and producer, shares in percent."""
    yield "| written by | files | letters | words | order | lost, added | parted, joined | second |"
    yield "|---|---|---|---|---|---|---|---|"
    groups: dict[tuple[str, str], list[Compared]] = {}
    for one in compared:
        groups.setdefault((one.form, one.producer), []).append(one)
    for (form, producer), ones in groups.items():
        own = total(one.own for one in ones)
        seconds = [one.second for one in ones if one.second]
        second = _percent(total(seconds), " / ") if seconds else ""
        name = f"{form[1:]}: {producer}"
        counts = f"{own.lost:,}, {own.added:,} | {own.parted:,}, {own.joined:,}"
        yield f"| {name} | {len(ones)} | {_percent(own, ' | ')} | {counts} | {second} |"


def worst(compared: Iterable[Compared], count: int) -> Iterator[str]:
    """The files whose words or order are read worst, for someone to look at."""
    for one in sorted(compared, key=lambda one: one.own.shares[1] * one.own.shares[2])[:count]:
        yield f"  {one.file}: letters / words / order {_percent(one.own, ' / ')}"


def _percent(counts: Likeness, between: str) -> str:
    return between.join(f"{100 * share:.1f}" for share in counts.shares)

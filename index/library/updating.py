"""One update of an index: only what changed is read, only what is new is encoded.

What it leaves is what an index built afresh would hold, in the same order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from index.encoder import Remembering
from index.errors import OutOfReach, UnreadableDocument
from index.failures import Failure, Why
from index.files import read_bytes
from index.generation import Contents, Row, encode_documents
from index.isolation import Parsers, ahead
from index.library.plan import Item, Plan
from index.load import Loaded, failed, loader_of
from index.passages import PassageTable, passage_text, sentence_text
from index.storage import Originals
from index.types import Document, Progress

Name = tuple[str, str]  # a document's id and its source


class Reading:
    """The files of a plan, each read where that is needed: their rows, and what is new in them.

    `due` numbers the roots whose files are read from where they are; other files are read from
    the `originals` where the index keeps them. `keep` says whether it does.
    """

    def __init__(self, plan: Plan, due: Sequence[int], originals: Originals, keep: bool) -> None:
        self._plan, self._due, self._originals, self._keeps = plan, due, originals, keep
        self._lost: list[tuple[int, Failure]] = []  # with the number of the root
        self.rows: list[Row] = []
        self.fresh: dict[Name, Document] = {}

    @property
    def valid(self) -> bool:
        """Whether what the index holds of unchanged files still counts."""
        return self._plan.valid

    @property
    def unread(self) -> tuple[tuple[Failure, ...], ...]:
        """What of each root is not read, with what could not be opened when it came to that."""
        return tuple(
            tuple(sorted({*own, *(one for i, one in self._lost if i == number)}))
            for number, own in enumerate(self._plan.unread)
        )

    @property
    def size(self) -> int:
        """Bytes of the files that are to be read and kept."""
        new = (item.file.stamp.size for item in self._plan.items if item.row is None)
        return sum(new) if self._keeps else 0

    @property
    def characters(self) -> int:
        """Of the texts that are new."""
        return sum(len(document.text) for document in self.fresh.values())

    def read(self, tell: Progress, *, check: bool) -> None:
        """Read what changed, and with `check` whatever is other than its sha256 says."""
        waiting = [i for i in self._plan.items if i.row is None or (check and not i.kept)]
        done = 0
        with Parsers() as parsers:
            begun = ahead(self._begin(item, parsers) for item in waiting)
            for item in self._plan.items:
                if item.row is not None and (item.kept or not check):
                    self.rows.append(item.row)
                    continue
                tell("reading files", done, len(waiting))
                self.rows.append(next(begun)())
                done += 1
        if waiting:
            tell("reading files", done, len(waiting))

    def again(self, wanted: Mapping[str, str]) -> None:
        """Read the files that hold these documents (id: source), though they did not change."""
        names = set(wanted.items())
        with Parsers() as parsers:
            for item, row in zip(self._plan.items, self.rows, strict=True):
                if names & set(row.documents):
                    self._take(parsers.load(self._bytes(item), item.file.source, item.known))

    def _begin(self, item: Item, parsers: Parsers) -> Callable[[], Row]:
        """Begin to read a file; what it gives waits for its row."""
        file, old = item.file, item.before
        try:
            data = self._bytes(item)
        except OutOfReach as exc:
            return self._out_of_reach(item, exc)
        except UnreadableDocument as exc:
            return partial(self._made, item, "", partial(failed, file.source, exc))
        digest = hashlib.sha256(data).hexdigest()
        if self._keeps:
            self._originals.keep(data, digest)
        told = (digest, dict(item.known), loader_of(file.source))
        before = (old.sha256, dict(old.known), old.loader) if old is not None else None
        gave = old is not None and old.documents  # what was given up may be read today
        if old is not None and gave and told == before and self._plan.valid:
            return partial(old._replace, root=item.root, stamp=file.stamp)
        begun = parsers.begin(data, file.source, item.known)
        return partial(self._made, item, digest, begun.result)

    def _out_of_reach(self, item: Item, exc: OutOfReach) -> Callable[[], Row]:
        """What is known of a file that cannot be opened now still counts."""
        old, (failure,) = item.before, failed(item.file.source, exc).failures
        if old is None or not old.documents or not self._plan.valid:
            return partial(self._made, item, "", lambda: Loaded((), (failure,)))
        self._lost.append((item.root, failure._replace(why=Why.KEPT)))
        return partial(old._replace, root=item.root)

    def _bytes(self, item: Item) -> bytes:
        kept = item.before.sha256 if item.before is not None else ""
        if (item.kept or item.root not in self._due) and kept in self._originals:
            return self._originals.read(kept)
        return read_bytes(item.file, self._plan.roots[item.root])

    def _take(self, loaded: Loaded) -> None:
        self.fresh.update({(d.id, d.source): d for d in loaded.documents})

    def _made(self, item: Item, digest: str, loads: Callable[[], Loaded]) -> Row:
        file, loaded = item.file, loads()
        self._take(loaded)
        return Row(
            item.root, str(file.path), file.source, file.stamp, digest, loader_of(file.source),
            dict(item.known), tuple((d.id, d.source) for d in loaded.documents), loaded.failures,
        )  # fmt: skip


class _Named(NamedTuple):
    """Which name each text goes by, in order, and its other names."""

    owner: dict[str, str]
    copies: dict[str, list[str]]


def _named(rows: Sequence[Row]) -> _Named:
    named = _Named({}, {})
    for row in rows:
        for id_, source in row.documents:
            if named.owner.setdefault(id_, source) != source:
                named.copies.setdefault(id_, []).append(source)
    return named


def assemble(
    reading: Reading, old: Contents | None, encoder: Remembering, tell: Progress
) -> Contents | None:
    """What the index of all files holds: what stays of `old`, and what is encoded now.

    It is `old` itself when nothing in it changes, and None when there is no document.
    """
    named = _named(reading.rows)
    base = old if reading.valid else None
    stay = {(d.id, d.source): i for i, d in enumerate(base.documents)} if base else {}
    missing = {
        id_: source
        for id_, source in named.owner.items()
        if (id_, source) not in stay and (id_, source) not in reading.fresh
    }
    if missing:
        reading.again(missing)
    new = [reading.fresh[name] for name in named.owner.items() if name in reading.fresh]
    number = {(d.id, d.source): len(stay) + i for i, d in enumerate(new)}
    places = {**stay, **number}
    # a file that changed since it was looked at has lost its text; it is seen next time
    order = [places[name] for name in named.owner.items() if name in places]
    if not order:
        return None
    if old is not None and new:
        staying = set(order) if base else set()
        _teach(encoder, old, [i for i in range(len(old.documents)) if i not in staying])
    parts = [base] if base is not None else []
    if new:
        parts.append(encode_documents(new, encoder, tell))
    whole = parts[0] if len(parts) == 1 else Contents.join(parts)
    if order != list(range(len(whole.documents))):
        whole = whole.take(order)
    return _with_copies(whole, named.copies)


def _teach(encoder: Remembering, old: Contents, leaving: Sequence[int]) -> None:
    """What changed is mostly what it was: its vectors are found again by their texts."""
    gone = old.take(leaving)
    encoder.learn([passage_text(p) for p in gone.passages], gone.vectors)
    sentences = [sentence_text(p.document, s) for p in gone.passages for s in p.sentences]
    encoder.learn(sentences, gone.sentence_vectors)


def _with_copies(contents: Contents, copies: Mapping[str, Sequence[str]]) -> Contents:
    told = [tuple(copies.get(d.id, ())) for d in contents.documents]
    if told == [d.copies for d in contents.documents]:
        return contents
    documents = [replace(d, copies=c) for d, c in zip(contents.documents, told, strict=True)]
    table = contents.passages
    named = PassageTable(documents, table.rows, table.sentences, table.headings)
    return replace(contents, passages=named)

"""Small worlds, indexes of them, and all that can be seen of an index, to be compared."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from index.errors import IbidError, MissingPath
from index.generation import store
from index.generation.generations import (
    ENCODERS,
    MANIFEST,
    Saved,
    catalog_of,
    generation_names,
)
from index.language import Query
from index.library.index import Index
from index.types import Vectors, text_id
from tests.doubles import BREAD, DIM, EELS, HARBOUR

QUESTIONS = ("How tall is the lighthouse?", "eels at the weir", "Who bakes rye bread?")
HERON = "Herons wait at the weir for eels. A heron eats four eels in a day.\n"
FILES = {"harbour.txt": HARBOUR, "eels.md": EELS, "nested/bread.txt": BREAD}


class Stub:
    """In the place of an OnnxEncoder: its vectors depend on every byte of its folder's model."""

    dim, max_tokens = DIM, 60

    def __init__(self, folder: Path) -> None:
        self._salt = (folder / "model.onnx").read_bytes()
        self.digest = (folder / "encoder.json").read_text("utf-8").strip()

    def encode_query(self, text: str) -> Vectors:
        """Shape (dim,), float32, unit length."""
        vector: Vectors = self.encode_passages([text])[0]
        return vector

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Shape (len(texts), dim), float32, unit rows."""
        rows = [sum(_vector(self._salt, w) for w in ["", *t.split()]) for t in texts]
        found = np.array(rows, np.float32).reshape(-1, DIM)
        unit: Vectors = found / np.linalg.norm(found, axis=1, keepdims=True)
        return unit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Words of each text."""
        return [len(text.split()) for text in texts]


@cache
def _vector(salt: bytes, word: str) -> Any:
    seed = hashlib.sha256(salt + word.encode("utf-8", "surrogatepass")).digest()[:8]
    return np.random.default_rng(int.from_bytes(seed, "big")).standard_normal(DIM)


def write_stub(folder: Path) -> Path:
    """The folder of a compiled encoder that `Stub` reads."""
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(np.random.default_rng(7).bytes(600))
    (folder / "tokenizer.json").write_text('{"words": []}\n')
    (folder / "encoder.json").write_text(f"{hashlib.sha256(b'stub').hexdigest()}\n")
    return folder


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files of a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def copy(index: Path, to: Path) -> Path:
    """The same index in another place; its files are linked, since none is ever changed."""
    shutil.copytree(index, to, copy_function=os.link)
    (to / store.LOCK).unlink(missing_ok=True)
    return to


class Seen(NamedTuple):
    """All that an index tells of its contents; `answers` are of `QUESTIONS`."""

    documents: tuple[Any, ...]
    passages: tuple[Any, ...]
    answers: tuple[Any, ...]
    failures: tuple[Any, ...]


NOTHING = Seen((), (), (), ())


def seen(index: Path) -> tuple[Seen, str]:
    """What an index tells when it is opened and asked, and its notice; `NOTHING` for none.

    Raises what `open_index` raises, and AssertionError where its parts do not belong together.
    """
    try:
        opened = store.open_index(index)
    except MissingPath:
        return NOTHING, ""
    table = opened.retriever.passages
    for document in opened.documents:
        assert document.id == text_id(document.text)
    answers = tuple(
        tuple(
            (h.passage.document.source, h.passage.start, h.passage.end, h.score, h.evidence)
            for h in opened.retriever.search(Query(question), 9)
        )
        for question in QUESTIONS
    )
    documents = tuple((d.source, d.id, d.title, d.copies, d.meta) for d in opened.documents)
    passages = tuple((p.document.source, p.sentences, p.headings) for p in table)
    return Seen(documents, passages, answers, opened.failures), opened.notice


def held(index: Path) -> tuple[Any, ...]:
    """All that an update builds on; words, not their numbers, which an update may give anew."""
    c = store.base_of(index).contents
    arrays = (
        *(c.vectors, c.sentence_vectors, c.unencoded),
        *(c.passages.sentences, c.terms.own, c.digests),
    )
    lists = (c.terms.passages, c.terms.sentences)
    stems = [own for each in lists for own in np.split(each.ids, each.starts[1:-1])]
    words = [tuple(c.terms.vocabulary[i] for i in own.tolist()) for own in stems]
    texts = tuple((d.source, d.text, d.copies) for d in c.documents)
    return (*(np.asarray(a).tobytes() for a in arrays), texts, tuple(map(str, c.passages)), *words)


class Everything(NamedTuple):
    """All that an index tells and holds: of one generation, where it is whole."""

    seen: Seen
    held: tuple[Any, ...]
    sources: frozenset[tuple[str, str]]


def everything(index: Path) -> Everything:
    """What can be seen, built on and looked up; nothing at all where there is no index."""
    found, _ = seen(index)
    if found == NOTHING:
        return Everything(found, (), frozenset())
    return Everything(found, held(index), sources(index))


def sources(index: Path) -> frozenset[tuple[str, str]]:
    """Source and sha256 of each file that an index was made of."""
    return frozenset((row.source, row.sha256) for row in catalog_of(index).rows)


def attempt(act: Callable[..., Any], *arguments: Any) -> IbidError | None:
    """The error that was raised on purpose, None where there was none; any other goes on."""
    try:
        act(*arguments)
    except IbidError as exc:
        return type(exc)(str(exc))  # without the frames, which hold generations
    return None


def assert_tidy(index: Path) -> None:
    """Nothing is left of what was cut off, and nothing kept that nobody refers to."""
    left = {p.relative_to(index).as_posix() for p in index.rglob("*")}
    assert not {name for name in left if "tmp" in name}
    assert not (index / store.WORK).exists()
    saved = [Saved.open(index, name, "") for name in generation_names(index)]
    assert 1 <= len(saved) <= 2
    wanted = {row.sha256 for one in saved for row in one.catalog.rows}
    assert {p.name for p in (index / "objects").glob("*")} == wanted - {""}
    encoders = {one.manifest.encoder for one in saved}
    assert {p.name for p in (index / ENCODERS).iterdir()} == encoders
    for one in saved:
        files = {p.relative_to(one.folder).as_posix() for p in one.folder.rglob("*")}
        assert files == {*one.manifest.files, MANIFEST}


def assert_goes_on(index: Path, folder: Path, *states: Everything) -> None:
    """An update gives one of these states, and one that changes something leaves nothing behind."""
    Index(index).update(folder)
    assert everything(index) in states
    assert not list(index.glob("tmp-*"))
    more = folder / "zz-later.txt"
    more.write_text(HERON, "utf-8")
    try:
        Index(index).update(folder)
    finally:
        more.unlink()
    assert store.damage_of(index) == ""
    assert_tidy(index)

"""An index against a dict: whatever is done to files and index, both hold the same."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from index.errors import DamagedIndex, NoDocuments
from index.generation import store
from index.generation.generations import generation_names, last_catalog
from index.language import Query
from index.library.index import Index
from index.load.loading import load_text
from index.types import text_id
from tests.torture.scale import amount
from tests.torture.worlds import assert_tidy, write as write_files

NAMES = ("a.txt", "b.md", "c.txt", "in/d.txt", "in/e.md")
TEXTS = tuple(
    f"The {word} of Brell\n\nA {word} has {n} parts. It was {word} that they ate on day {n}.\n"
    for n, word in enumerate(("eel", "loaf", "lamp", "mole", "weir", "“ﬁn” – 東京", "no\u0308se"))
)
HARMED = ("vectors", "documents", "passages", "bm25_data", "files.jsonl", "MANIFEST.json")


class Library(RuleBasedStateMachine):
    """`files` are those on the disk, `told` what the index was last told of them."""

    ground: Path  # set by the test

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(dir=self.ground))
        self.folder, self.index = self.root / "world", self.root / "index"
        self.files: dict[str, str] = {}
        self.told: dict[str, str] = {}
        self.out: set[str] = set()  # removed by hand
        self.tidy = True

    def teardown(self) -> None:
        shutil.rmtree(self.root, ignore_errors=True)

    @initialize(text=st.sampled_from(TEXTS))
    def begin(self, text: str) -> None:
        self.write("a.txt", text)
        self.update()

    @rule(name=st.sampled_from(NAMES), text=st.sampled_from(TEXTS))
    def write(self, name: str, text: str) -> None:
        write_files(self.folder, {name: text})
        self.files[name] = text

    @precondition(lambda self: len(self.files) > 1)
    @rule(data=st.data())
    def delete(self, data: Any) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.folder / name).unlink()
        del self.files[name]

    @rule(data=st.data(), to=st.sampled_from(NAMES))
    def rename(self, data: Any, to: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.files)))
        (self.folder / to).parent.mkdir(exist_ok=True)
        (self.folder / name).rename(self.folder / to)
        self.files[to] = self.files.pop(name)

    @rule(check=st.booleans())
    def update(self, check: bool = False) -> None:
        self.bring_up(lambda: Index(self.index).update(check=check), set(self.out))

    @rule(data=st.data())
    def update_one(self, data: Any) -> None:
        """A file that was taken out is taken back when it is named."""
        name = data.draw(st.sampled_from(sorted(self.files)))
        self.bring_up(lambda: Index(self.index).update(self.folder / name), self.out - {name})

    def bring_up(self, act: Any, out: set[str]) -> None:
        wanted = {name: text for name, text in self.files.items() if name not in out}
        if not self.told:
            Index(self.index).update(self.folder)
        elif wanted:
            act()
        else:
            with pytest.raises(NoDocuments):
                act()
            return
        self.told, self.out = wanted, out

    @rule(data=st.data())
    def remove(self, data: Any) -> None:
        name = data.draw(st.sampled_from(sorted(self.told)))
        if len(self.told) == 1:
            with pytest.raises(NoDocuments):
                Index(self.index).remove(name)
            return
        Index(self.index).remove(name)
        del self.told[name]
        self.out.add(name)
        assert len(generation_names(self.index)) == 1
        self.tidy = True

    @rule()
    def rebuild(self) -> None:
        """Of what the index keeps, not of what has become of the files."""
        Index(self.index).rebuild()
        self.tidy = True

    @rule(file=st.sampled_from(HARMED), at=st.integers(0, 10**6))
    def damage(self, file: str, at: int) -> None:
        """A byte of the newest generation is flipped, and the index mended."""
        harmed = self.index / generation_names(self.index)[0] / file
        data = harmed.read_bytes()
        at %= len(data)
        harmed.unlink()  # what is linked to it stays
        harmed.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
        with suppress(DamagedIndex):  # where no other is whole
            assert store.damage_of(self.index)
        if last_catalog(self.index)[0] is None:
            self.out = set()  # what was taken out by hand is known to nobody now
        if not self.files.keys() - self.out:
            self.write(min(self.told), TEXTS[0])
        Index(self.index).update(self.folder, check=True)
        self.told = {name: text for name, text in self.files.items() if name not in self.out}
        self.tidy = False  # the harmed one may be kept as the one before
        assert store.damage_of(self.index) == ""

    @invariant()
    def holds_the_same(self) -> None:
        if not self.told:
            return
        opened = store.open_index(self.index)
        assert opened.notice == ""
        held = {s: d.text for d in opened.documents for s in (d.source, *d.copies)}
        loaded = {n: load_text(text.encode(), n).text for n, text in self.told.items()}
        assert held == loaded
        assert store.summary_of(self.index).counts.documents == len(set(loaded.values()))
        for passage in opened.retriever.passages:
            document = passage.document
            assert document.id == text_id(loaded[document.source])
            for sentence in passage.sentences:
                quote = loaded[document.source][sentence.start : sentence.end]
                assert document.cut(sentence.span) == quote
                assert quote.strip()
        for hit in opened.retriever.search(Query("Who ate the eel?"), 3):
            assert hit.passage.text in loaded[hit.passage.document.source]
        del opened
        if self.tidy:
            assert_tidy(self.index)


def test_an_index_is_a_dict_on_the_disk(ground: Path) -> None:
    Library.ground = ground
    run_state_machine_as_test(
        Library,
        settings=settings(
            max_examples=amount("examples"),
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

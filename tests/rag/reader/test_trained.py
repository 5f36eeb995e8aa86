"""The trained reader: the same whatever stands beside a passage, and never from other weights."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.typing import NDArray

from index.encoder.session import Feed
from index.errors import EncoderError
from index.generation.store import SavedGeneration
from index.types import Hit, Passage
from rag.query import AskedQuestion
from rag.reader import trained
from rag.reader.cross_encoder import (
    ANSWER_TOKENS,
    MODEL,
    CrossEncoder,
    _best_stretch,
    _together,
)
from rag.reader.first import FirstReader
from rag.reader.pairs import EncodedPair
from rag.reader.trained import (
    COEFFICIENTS,
    FOLDER,
    TrainedReader,
    open_reader,
    passages_in_order,
)

QUESTION = AskedQuestion("How tall is the lighthouse?")


@pytest.fixture(scope="module")
def model() -> CrossEncoder:
    """The model that ships, which reads everything anew."""
    return CrossEncoder(FOLDER, threads=2, kept=0)


@pytest.fixture
def passages(opened: SavedGeneration) -> list[Passage]:
    """The passages of the small world."""
    return list(opened.retriever.passages)


@pytest.mark.slow
def test_a_reading_is_the_same_alone_and_in_company_and_with_any_threads(
    model: CrossEncoder, passages: list[Passage]
) -> None:
    together = model.read(QUESTION, passages)
    assert len(together) == len(passages) > 2
    assert [model.read(QUESTION, [p])[0] for p in passages] == together
    assert model.read(QUESTION, passages[::-1]) == together[::-1]
    assert CrossEncoder(FOLDER, threads=1, kept=0).read(QUESTION, passages) == together


@pytest.mark.slow
def test_many_threads_may_read_at_once(model: CrossEncoder, passages: list[Passage]) -> None:
    typed = ("When was the harbour dredged?", "What kills eels?")
    questions = [QUESTION, *map(AskedQuestion, typed)] * 4
    alone = [model.read(q, passages) for q in questions]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda q: model.read(q, passages), questions)) == alone


def counted(monkeypatch: pytest.MonkeyPatch, kept: int) -> tuple[CrossEncoder, list[int]]:
    """A model, and how many tokens each of its runs had."""
    model = CrossEncoder(FOLDER, kept=kept)
    runs: list[int] = []
    submit = model._session.submit

    def counting(feed: Feed) -> Future[NDArray[Any]]:
        runs.append(feed["input_ids"].size)
        return submit(feed)

    monkeypatch.setattr(model._session, "submit", counting)
    return model, runs


def test_a_row_is_read_once_for_all_who_ask_it(
    model: CrossEncoder, passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing, runs = counted(monkeypatch, kept=len(passages))
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda _: sharing.read(QUESTION, passages), range(12)))
    assert found == [model.read(QUESTION, passages)] * 12
    assert len(runs) == len(passages)
    sharing.read(AskedQuestion("What kills eels?"), passages)
    assert len(runs) == 2 * len(passages)


def test_only_the_last_rows_are_kept(
    passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    model, runs = counted(monkeypatch, kept=2)
    for number in (0, 1, 0, 2, 0, 1):  # 1 makes room for 2, since 0 was used after it
        model.read(QUESTION, [passages[number]])
    assert len(runs) == 4


def test_a_row_that_could_not_be_read_is_tried_again(
    passages: list[Passage], monkeypatch: pytest.MonkeyPatch
) -> None:
    model = CrossEncoder(FOLDER)
    broken: Future[NDArray[Any]] = Future()
    broken.set_exception(RuntimeError("out of memory"))
    with monkeypatch.context() as patch:
        patch.setattr(model._session, "submit", lambda feed: broken)
        with pytest.raises(RuntimeError, match="out of memory"):
            model.read(QUESTION, passages)
    assert len(model.read(QUESTION, passages)) == len(passages)


def test_a_model_that_was_begun_is_the_one_that_reads(opened: SavedGeneration) -> None:
    reader = TrainedReader()
    reader.begin()
    hits = opened.retriever.search(QUESTION, 3)
    assert reader.model is reader.model
    assert reader.read(QUESTION, hits) == TrainedReader().read(QUESTION, hits)


def test_why_a_model_cannot_be_opened_is_told_to_who_asks_for_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reader"))
    (folder / MODEL).write_bytes(b"another")
    reader = TrainedReader(folder)
    reader.begin()
    with pytest.raises(EncoderError, match=r"has changed; reinstall"):
        _ = reader.model


def test_a_model_that_may_not_be_read_is_told_to_who_asks_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[object] = []
    monkeypatch.setattr(threading, "excepthook", ended.append)
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reader"))
    (folder / MODEL).unlink()
    (folder / MODEL).mkdir()
    reader = TrainedReader(folder)
    reader.begin()
    with pytest.raises(EncoderError, match=r"cannot read .*Is a directory; reinstall"):
        _ = reader.model
    assert ended == []


def test_who_asks_at_once_gets_one_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reader"))
    asked = threading.Barrier(2)
    made: list[TrainedReader] = []

    class Slow(TrainedReader):
        def __init__(self, folder: Path) -> None:
            with suppress(threading.BrokenBarrierError):
                asked.wait(0.2)  # for another that is opened at the same time
            super().__init__(folder)
            made.append(self)

    monkeypatch.setattr(trained, "TrainedReader", Slow)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(open_reader, [folder, folder])
    assert one is other
    assert made == [one]


def test_the_sentence_that_answers_comes_first(opened: SavedGeneration) -> None:
    for question, words in (
        (QUESTION.text, "41 metres tall"),
        ("how tall lighthouse", "41 metres"),
        ("For how long does the dough of rye bread rest?", "twelve hours"),
    ):
        asked = AskedQuestion(question)
        first = open_reader().read(asked, opened.retriever.search(asked, 8))[0]
        assert words in first.hit.passage.document.cut(first.span)
        assert first.probability > open_reader().abstain


def test_a_long_passage_is_read_in_windows(model: CrossEncoder, passages: list[Passage]) -> None:
    passage = passages[0]
    repeated = Passage(
        passage.document, passage.start, passage.end, passage.sentences * 40, passage.headings
    )
    (read,) = model.read(QUESTION, [repeated])
    assert len(read.evidence) == len(read.answer) == 40 * len(passage.sentences)
    assert np.isfinite(read.evidence).all()
    assert np.isfinite(read.answer).all()


def test_every_sentence_has_a_reading_best_first(opened: SavedGeneration) -> None:
    hits = opened.retriever.search(QUESTION, 3)
    readings = TrainedReader().read(QUESTION, hits)
    assert len(readings) == sum(len(h.passage.sentences) for h in hits)
    assert readings == sorted(readings, key=lambda r: -r.score)
    assert all(0 <= r.probability <= 1 for r in readings)
    assert TrainedReader().read(QUESTION, []) == []
    order = passages_in_order(readings)
    assert order[0] == readings[0].hit
    assert {h.passage.start for h in order} == {h.passage.start for h in hits}


def test_other_weights_are_refused(tmp_path: Path, opened: SavedGeneration) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "reader"))
    with (folder / MODEL).open("ab") as file:
        file.write(b"\0")
    reader = TrainedReader(folder)  # nothing is loaded yet
    with pytest.raises(EncoderError, match=r"has changed; reinstall"):
        reader.read(QUESTION, opened.retriever.search(QUESTION, 2))
    (folder / MODEL).unlink()
    with pytest.raises(EncoderError, match=r"cannot read .*reinstall"):
        reader.read(QUESTION, opened.retriever.search(QUESTION, 2))


@pytest.mark.parametrize("text", [None, "", "[ranker]\nbias = 'x'", "\0", "[model]\nsha256 = ''"])
def test_broken_coefficients_are_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / COEFFICIENTS).write_text(text, "utf-8")
    with pytest.raises(EncoderError, match="no reader in"):
        TrainedReader(tmp_path)


def test_without_weights_the_first_reader_reads(tmp_path: Path) -> None:
    assert isinstance(open_reader(tmp_path), FirstReader)


def test_what_ships_is_small_and_pinned() -> None:
    assert sum(f.stat().st_size for f in FOLDER.iterdir()) <= 25_000_000
    assert TrainedReader().model.read(QUESTION, []) == []


@given(st.data())
def test_the_best_stretch_is_the_best_of_all(data: st.DataObject) -> None:
    rows = data.draw(
        st.lists(st.tuples(*[st.integers(-50, 50)] * 4), min_size=1, max_size=ANSWER_TOKENS + 10)
    )
    logits = np.array(rows, np.float32)
    count = len(rows)
    stretches = {
        (a, b + 1): logits[a, 0] + logits[b, 1]
        for a in range(count)
        for b in range(a, count)
        if b - a < ANSWER_TOKENS
    }
    score, stretch = _best_stretch(logits)
    assert score == stretches[stretch] == max(stretches.values())


def test_of_two_windows_the_better_reading_of_a_sentence_counts() -> None:
    rows = [
        EncodedPair([0] * 6, 1, [(2, 4), (4, 5)], 0),
        EncodedPair([0] * 6, 1, [(2, 3), (3, 5)], 1),
    ]
    read = _together(rows, [_logits([0, 0, 1, 3, 5, 0]), _logits([0, 0, 7, 2, 4, 0])], ["", "", ""])
    assert read.evidence == (2.0, 7.0, 3.0)


def test_of_two_windows_the_better_one_says_which_words_answer() -> None:
    rows = [EncodedPair([0] * 6, 1, [(2, 5)], 0), EncodedPair([0] * 6, 1, [(2, 5)], 0)]
    first, second = _logits([0] * 6), _logits([0] * 6)
    first[3, :2], second[4, :2] = (1, 2), (2, 2)
    read = _together(rows, [first, second], [""])
    assert (read.answer, read.stretches) == ((4.0,), ((2, 3),))


def test_the_words_that_answer_are_pointed_at(opened: SavedGeneration) -> None:
    for question, words in (
        (QUESTION.text, "41 metres tall"),
        ("For how long does the dough of rye bread rest?", "twelve hours"),
        ("Who wrote about the harbour of Brell?", "Ida Holm"),
    ):
        asked = AskedQuestion(question)
        first = open_reader().read(asked, opened.retriever.search(asked, 8))[0]
        assert first.words is not None
        assert first.hit.passage.document.cut(first.words) == words


def test_where_nothing_answers_no_words_are_pointed_at(opened: SavedGeneration) -> None:
    question = AskedQuestion("When was the opera house of Brell opened?")
    readings = open_reader().read(question, opened.retriever.search(question, 8))
    assert {r.words for r in readings} == {None}


def _logits(evidence: Sequence[float]) -> NDArray[np.float32]:
    table = np.zeros((len(evidence), 4), np.float32)
    table[:, 2] = evidence
    return table


def test_hits_keep_their_identity(opened: SavedGeneration) -> None:
    hits: list[Hit] = list(opened.retriever.search(QUESTION, 3))
    assert all(any(r.hit is h for h in hits) for r in open_reader().read(QUESTION, hits))

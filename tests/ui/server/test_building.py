"""A long task in a thread: how far it is, its end, and what it raised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from index.encoder import OnnxEncoder
from index.generation import generation_names
from index.types import Progress
from tests.ui.served import CannedEngine
from ui.server.building import Working
from ui.server.chat import Chat


def test_it_tells_how_far_it_is_until_it_ends() -> None:
    told, may_end = Event(), Event()

    def work(tell: Progress) -> None:
        tell("encoding", 1_000, 2_000)
        told.set()
        may_end.wait(60)

    working = Working(work)
    told.wait(60)
    assert working.stage(0) == "encoding: 1,000 of 2,000"
    may_end.set()
    assert working.stage(60) is None
    assert working.stage(0) is None


def test_a_stage_without_a_number_and_what_is_told_before_any() -> None:
    told, may_begin, may_end = Event(), Event(), Event()

    def work(tell: Progress) -> None:
        may_begin.wait(60)
        tell("writing the index", 0, 0)
        told.set()
        may_end.wait(60)

    working = Working(work)
    assert working.stage(0) == "reading files …"
    may_begin.set()
    told.wait(60)
    assert working.stage(0) == "writing the index …"
    may_end.set()
    assert working.stage(60) is None


def test_what_it_raised_is_raised_where_it_is_asked() -> None:
    def work(tell: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Working(work).stage(60)


@pytest.mark.slow
def test_dropped_files_are_asked_by_their_words_while_vectors_are_made(
    tmp_path: Path, fast_build: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("index.library.writer.MANY", 1)
    waits, may_go_on, real = Event(), Event(), OnnxEncoder.encode_passages

    def slow(self: OnnxEncoder, texts: Sequence[str], *rest: Any) -> Any:
        if not waits.is_set():
            waits.set()
            may_go_on.wait(60)
        return real(self, texts, *rest)

    monkeypatch.setattr(OnnxEncoder, "encode_passages", slow)
    chat, token = Chat(CannedEngine((), ())), "t" * 32
    session = chat.sessions.of(token)
    session.files.add("pie.txt", b"The pie is baked for forty minutes. It is eaten warm.")
    shown = chat.take(token)
    waits.wait(60)
    shown = {**shown, **chat.take(token)}
    assert "1 passage is found by its words only so far" in shown["library"]
    assert "pie.txt" in shown["library"]
    assert "1 document" in shown["masthead"]
    assert "masthead" not in chat.take(token)  # it is not drawn again while nothing changes
    turn = session.ask("How long is the pie baked?")
    assert turn is not None
    assert turn.answer.hits[0].passage.document.source == "pie.txt"
    may_go_on.set()
    while "encoding" in (shown := chat.take(token))["library"] or "talk" not in shown:
        pass
    assert "only so far" not in shown["library"]
    assert session.engine.unencoded == 0
    assert len(generation_names(session.files.index)) == 1

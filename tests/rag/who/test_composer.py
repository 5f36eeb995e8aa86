"""A question that asks for names is answered with them, out of what the index keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

import rag.who.joining as who
from rag import Counted, Engine, QuestionKind

BRIDGE = (
    "# The bridge\n\nDr Helen Marsh is the keeper of the bridge over the river.\n\n"
    "The steel came late from Brightwell Steel GmbH.\n"
)
LOCK = "# The lock\n\nThe lock gate was painted by Mr Owen Pike in the spring.\n"


@pytest.fixture
def engine(tmp_path: Path, ibid_home: Path) -> Engine:
    (tmp_path / "bridge.md").write_text(BRIDGE)
    (tmp_path / "lock.md").write_text(LOCK)
    return Engine.open(tmp_path)


def test_each_name_stands_over_what_is_said_of_it(engine: Engine) -> None:
    answer = engine.ask("Which people are mentioned?")
    assert answer.kind is QuestionKind.LIST
    assert [group.label for group in answer.groups] == [
        "People: Dr Helen Marsh",
        "People: Mr Owen Pike",
    ]
    assert answer.tally is not None
    assert (answer.tally.number, answer.tally.of, answer.complete) == (2, Counted.NAMES, False)
    assert not answer.hits  # nothing was looked for


def test_of_one_document_and_counted(engine: Engine) -> None:
    answer = engine.ask("how many people are mentioned in lock.md")
    assert (answer.kind, answer.asked_of) == (QuestionKind.COUNT, ("lock.md",))
    assert [group.label for group in answer.groups] == ["People: Mr Owen Pike"]


def test_where_none_is_named_it_is_looked_for(engine: Engine) -> None:
    answer = engine.ask("list all products mentioned in lock.md")
    assert not answer.groups


def test_what_is_kept_is_not_made_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    before = engine.ask("list all companies mentioned")
    assert engine.annotate() > 0

    def made_anew(*given: object) -> None:
        raise AssertionError("the names are kept")

    monkeypatch.setattr(who, "document_names", made_anew)
    assert engine.ask("list all companies mentioned") == before
    assert "Brightwell Steel GmbH" in before.text

"""A brief quotes, groups and marks what is new; the same documents give the same brief."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from index import Encoder, QuestionError
from index.generation.build import encode_documents
from rag import Answer, Engine, QuestionKind
from tests.doubles import FakeEncoder, document
from tests.scripted import Scripted

OWN = document("The pond is kept full by the new weir above the mill.")
ENGINE = Engine(
    encode_documents([OWN], FakeEncoder()).retriever(FakeEncoder()), Scripted({}), [OWN]
)

TWO = {
    "minutes.md": "# Minutes of March\n\nThe committee raised the garden rent to forty crowns from"
    " October on. Nobody spoke for the old gate, which will be taken down in spring.\n",
    "letter.md": "# A letter\n\nWe cannot pay the garden rent of forty crowns and ask for a year."
    " The pond has dried up twice since the new weir was built above the mill.\n",
    "plan.md": "# Garden rent\n\nThe plan of the treasurer asks for five crowns more in each of"
    " the next three years.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fast_build: None) -> Path:
    monkeypatch.setenv("IBID_HOME", str(tmp_path / "home"))
    own = tmp_path / "garden"
    own.mkdir()
    for name, text in TWO.items():
        (own / name).write_text(text, "utf-8")
    return own


def test_a_brief_is_grouped_verbatim_and_can_be_checked(folder: Path) -> None:
    engine = Engine.open(folder)
    answer = engine.brief()
    assert answer
    assert answer.kind is QuestionKind.BRIEF
    assert answer.tally is not None
    assert answer.tally.number == 5
    for cited in answer.citations:
        assert cited.quote in cited.document.text
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict())), engine.documents)
    assert answer == engine.brief()


def test_what_several_documents_speak_of_is_a_subject(default_encoder: Encoder) -> None:
    own = [document(text, name) for name, text in TWO.items()]
    retriever = encode_documents(own, default_encoder).retriever(default_encoder)
    labels = [group.label for group in Engine(retriever, Scripted({}), own).brief().groups]
    assert "garden rent (in 2 documents)" in labels


def test_as_many_are_quoted_as_are_asked_for(folder: Path) -> None:
    assert len(Engine.open(folder).brief(top=2).citations) == 2
    with pytest.raises(QuestionError, match="at least 1"):
        Engine.open(folder).brief(top=0)


def test_of_a_topic_only_what_is_about_it(folder: Path) -> None:
    engine = Engine.open(folder)
    answer = engine.brief("the pond and the weir", top=5)
    assert answer.question == "Brief: the pond and the weir"
    assert not answer or any("pond" in c.quote for c in answer.citations)
    assert not engine.brief("zebras playing chess")


def test_what_is_new_is_what_came_since(folder: Path) -> None:
    assert not any(c.is_new for c in Engine.open(folder).brief(since="last").citations)
    (folder / "note.md").write_text(
        "# Note\n\nThe hut has a new roof of tin since Easter, and it is dry inside.\n", "utf-8"
    )
    answer = Engine.open(folder).brief(since="last")
    assert [c.document.source for c in answer.citations if c.is_new] == ["note.md"]
    assert answer == Engine.open(folder).brief(since="last")
    told = Answer.from_dict(answer.to_dict(), Engine.open(folder).documents)
    assert [c.is_new for c in told.citations] == [c.is_new for c in answer.citations]


def test_or_in_files_that_were_changed_since_a_day(folder: Path) -> None:
    for name in TWO:
        os.utime(folder / name, (1_600_000_000, 1_600_000_000))  # 2020-09-13
    os.utime(folder / "plan.md", (1_700_000_000, 1_700_000_000))  # 2023-11-14
    answer = Engine.open(folder).brief(since="2023-11-14")
    assert {c.document.source for c in answer.citations if c.is_new} == {"plan.md"}
    assert "since 2023-11-14" in answer.question
    with pytest.raises(QuestionError, match="no day"):
        Engine.open(folder).brief(since="last week")


def test_without_an_index_nothing_was_last() -> None:
    with pytest.raises(QuestionError, match="no last brief"):
        ENGINE.brief(since="last")

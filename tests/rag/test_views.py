"""What an engine shows without a question: what each view quotes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import CitationError, QuestionError
from rag import Engine, NameKind, QuestionKind, verify

LETTER = (
    "# The ferry\n\nThe ferry of Brell sank on 3 May 1911. Ada Lindqvist, who was its keeper, "
    "swam ashore. Mr. Lindqvist built another one in 1913.\n"
)
NOTE = "# The mill\n\nThe mill of Brell burnt down in June 1890. Nobody was hurt.\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory, ibid_home: Path) -> Engine:
    folder = tmp_path_factory.mktemp("views")
    (folder / "letter.md").write_text(LETTER)
    (folder / "note.md").write_text(NOTE)
    return Engine.open(folder)


def test_each_view_is_an_answer_that_holds(engine: Engine) -> None:
    overview, timeline, who = engine.overview(), engine.timeline(), engine.who()
    guide = engine.guide(*(document.id for document in engine.documents))
    kinds = [answer.kind for answer in (overview, guide, timeline, who)]
    about = QuestionKind.OVERVIEW
    assert kinds == [about, about, QuestionKind.TIMELINE, QuestionKind.NAMES]
    for answer in (overview, guide, timeline, who):
        assert answer
        assert answer.groups
        assert {verdict.status.value for verdict in verify(answer)} == {"holds"}


def test_a_timeline_is_in_order_and_narrowed(engine: Engine) -> None:
    assert [g.label for g in engine.timeline().groups] == ["June 1890", "3 May 1911", "1913"]
    later = engine.timeline(since="1911-06")
    assert [g.label for g in later.groups] == ["1913"]
    assert later.tally is not None
    assert later.tally.number == 1
    assert not engine.timeline("zebras")
    for wrong in ({"since": "soon"}, {"most": 0}, {"skip": -1}):
        with pytest.raises(QuestionError):
            engine.timeline(**wrong)


def test_who_is_asked_by_name_and_by_kind(engine: Engine) -> None:
    assert any("Ada Lindqvist" in g.label for g in engine.who("Lindqvist").groups)
    people = engine.who(kind=NameKind.PERSON)
    assert all(g.label.startswith("People") for g in people.groups)
    assert not engine.who("Zebedee")
    with pytest.raises(QuestionError):
        engine.who(most=0)


def test_documents_are_known_by_their_ids(engine: Engine) -> None:
    first = engine.documents[0]
    assert engine.document(first.id) == first
    assert engine.document("0" * 64) is None
    with pytest.raises(CitationError):
        engine.guide("0" * 64)
    with pytest.raises(QuestionError):
        engine.overview(sentences=0)

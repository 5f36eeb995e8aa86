"""What is quoted whole, asked of an index: sections by their number, lists, interviews."""

from __future__ import annotations

from pathlib import Path

import pytest

from index import Query
from index.passages.chunking import split
from index.passages.table import PassageTable
from index.types import Hit
from rag import Engine
from rag.compose.wholes import Wholes
from rag.query import AskedQuestion
from rag.readings import Reading
from tests.doubles import FakeEncoder, document

ACT = """# Harbour Act

## Part I

### Article 3 Berths

Berths are let by the year. The harbour master keeps the register.

### Article 34 Notice of damage

1. Whoever damages a quay must tell the harbour master without delay.
2. The notice must say:
   (a) where the damage is;
   (b) who caused it;
   (c) what was done.

The master need not give notice of less than 200 euros.

### Article 35 Fines

A fine is at most 1,000 euros.
"""
SATZUNG = """# Satzung des Rudervereins

## § 4 Beiträge

Der Beitrag ist im März fällig. Schüler zahlen die Hälfte.

## § 5 Austritt

Der Austritt wird schriftlich erklärt. Er gilt zum Ende des Jahres.

## § 6 Boote

Boote werden im Bootshaus gelagert.
"""
ORDER = """Quay Order

Article 71

Use of the crane

1. The crane is driven by the harbour master.

2. It lifts at most six tonnes.

Article 72

Winter

Boats leave the water in October.
"""


class Tabling:
    """A retriever that has passages and finds none."""

    def __init__(self, passages: PassageTable) -> None:
        self.passages = passages

    def search(self, query: Query, k: int) -> list[Hit]:
        raise AssertionError("nothing is searched")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("acts")
    (folder / "act.md").write_text(ACT, "utf-8")
    (folder / "satzung.md").write_text(SATZUNG, "utf-8")
    (folder / "order.txt").write_text(ORDER, "utf-8")
    return Engine.open(folder)


@pytest.mark.parametrize(
    ("question", "begin", "end", "members"),
    [
        ("What does Article 34 say?", "Whoever damages", "200 euros.", 6),
        ("What is in article 3 of the Harbour Act?", "Berths are let", "the register.", 0),
        ("Was steht in § 5?", "Der Austritt", "des Jahres.", 0),
        ("What does Article 71 say?", "The crane is", "six tonnes.", 2),
        ("Show me section 5", "Der Austritt", "des Jahres.", 0),
    ],
)
def test_a_section_asked_for_by_its_number_is_quoted_to_its_end(
    engine: Engine, question: str, begin: str, end: str, members: int
) -> None:
    answer = engine.ask(question)
    assert answer
    assert answer.citations[0].quote.startswith(begin)
    assert answer.citations[0].quote.endswith(end)
    assert len(answer.citations[0].members) == members


@pytest.mark.parametrize("question", ["What does Article 36 say?", "Was steht in § 12?"])
def test_of_a_section_that_is_nowhere_nothing_is_quoted(engine: Engine, question: str) -> None:
    assert not engine.ask(question).citations


def test_one_thing_asked_of_a_section_is_no_reason_to_quote_all_of_it(engine: Engine) -> None:
    answer = engine.ask("How high is a fine at most according to Article 35?")
    assert [c.quote for c in answer.citations] == ["A fine is at most 1,000 euros."]


def test_a_section_of_a_document_that_is_not_asked_is_not_quoted(engine: Engine) -> None:
    act = next(d for d in engine.documents if d.source == "act.md")
    others = engine.within([d.id for d in engine.documents if d != act])
    cited = others.ask("What does Article 34 say?").citations
    assert act.id not in {c.document.id for c in cited}


def test_the_sentence_before_is_found_beyond_its_passage_and_not_beyond_a_heading() -> None:
    text = "# Pier\n\nA berth is let by the year.\n\nIt costs 90.\n\n# Lamp\n\nIt burns.\n"
    made = document(text, "a.md")
    pier, lamp = split(made, FakeEncoder().count_tokens)
    parts = [pier.cut(slice(0, 1)), pier.cut(slice(1, 2)), lamp]
    table = PassageTable.from_passages([made], parts)
    whole = Wholes(AskedQuestion("x"), Tabling(table))
    before = [whole.before(Reading(Hit(p, 1.0), p.sentences[0].span, 0.0, 0.5)) for p in parts]
    assert before == [None, parts[0].sentences[0], None]


def test_sections_are_found_under_each_heading_of_their_name() -> None:
    own = "# 3 A\n\nOne.\n\n## B\n\nTwo.\n\n# 4 C\n\nThree.\n\n# 3 D\n\nFour.\n"
    made = document(f"# Act\n\n{own}", "a.md")
    table = PassageTable.from_passages([made], split(made, FakeEncoder().count_tokens))
    found = table.under(lambda heading: heading.startswith("3"))
    assert [[p.text for p in section] for section in found] == [["One.", "Two."], ["Four."]]


BEGIN = "The following holds on the quay."


@pytest.fixture(scope="module")
def bylaws(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    folder: Path = tmp_path_factory.mktemp("bylaws")
    for name, what in (("dogs", "Dogs are led."), ("bikes", "Bicycles are pushed.")):
        text = f"# {name}\n\n## Section 7 Rules\n\n{BEGIN} {what}\n\n## Section 8 End\n\nIt ends.\n"
        (folder / f"{name}.md").write_text(text, "utf-8")
    counted = "# Count\n\n## 7 people\n\nSeven people were asked about the quay.\n"
    (folder / "count.md").write_text(counted, "utf-8")
    return Engine.open(folder)


def test_sections_that_begin_alike_are_both_quoted_and_nothing_beside_them(bylaws: Engine) -> None:
    quoted = {c.quote for c in bylaws.ask("What does section 7 say?").citations}
    assert quoted == {f"{BEGIN} Dogs are led.", f"{BEGIN} Bicycles are pushed."}


@pytest.mark.parametrize(
    "question",
    [
        "What does section 7 of dogs.md say?",
        "In dogs.md, what does section 7 say?",
        "According to dogs.md, what does section 7 say?",
    ],
)
def test_a_section_of_a_file_that_is_named_is_quoted(bylaws: Engine, question: str) -> None:
    answer = bylaws.ask(question)
    assert [c.quote for c in answer.citations] == [f"{BEGIN} Dogs are led."]
    assert answer.asked_of == ("dogs.md",)

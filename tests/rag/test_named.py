"""Which documents a question names, and which it only speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index import Document, Query
from index.generation.build import encode_documents
from rag.answers import Answer
from rag.engine import Engine
from rag.named import Names, without_files
from rag.reader.first import FirstReader
from tests.doubles import FakeEncoder, document

TITLES = {
    "berths.txt": "Berths",
    "old/berths.txt": "Berths",
    "ferry-handbook-2023.txt": "Ferry handbook 2023",
    "minutes-2021.txt": "Minutes of 2021",
    "salt.v1.md": "Salt rules, version 1",
    "salt.v2.md": "Salt rules, version 2",
    "town.txt": "New Tarn",
    "rent.txt": "Rent",
    "notes.txt": "Notes",
    "history.txt": "History",
    "satzung.txt": "Satzung des Rudervereins",
    "brot.txt": "Brot",
    "a b.txt": "Rebuilding the weir of Tarn in stone",
    "readme": "readme",
    "mill.properties": "mill",
    "council.mbox#1": "Fees",
    "council.mbox#2": "Fees again",
}
GERMAN = {"satzung.txt", "brot.txt"}


def called(source: str, title: str) -> Document:
    language = "de" if source in GERMAN else "en"
    return replace(
        document(f"{source} is here.\n", source), title=title, meta={"language": language}
    )


NAMES = Names([called(*item) for item in TITLES.items()])


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does rent.txt say about pets?", ["rent.txt"]),
        ("in RENT.TXT, who pays?", ["rent.txt"]),
        ("In mill.properties, how strong is the motor?", ["mill.properties"]),
        ("Who wrote first in council.mbox?", ["council.mbox#1", "council.mbox#2"]),
        ("who pays, by rent.txt?", ["rent.txt"]),
        ("How long are the berths in berths.txt?", ["berths.txt", "old/berths.txt"]),
        ("How long are the berths in old/berths.txt?", ["old/berths.txt"]),
        ("What is said of stones in a b.txt", ["a b.txt"]),
        ("In Ferry handbook 2023, how many days off are there?", ["ferry-handbook-2023.txt"]),
        ("how many days off are there in the 2023 ferry handbook", ["ferry-handbook-2023.txt"]),
        ("According to the 2021 minutes, who spoke?", ["minutes-2021.txt"]),
        ("according to Rent, who pays?", ["rent.txt"]),
        ("What does the history say about eels?", ["history.txt"]),
        ("who laid it, in Rebuilding the weir of Tarn in stone", ["a b.txt"]),
        ("Wie hoch ist laut Satzung des Rudervereins der Beitrag?", ["satzung.txt"]),
        ("Wie hoch ist der Beitrag in der Satzung des Rudervereins?", ["satzung.txt"]),
        ("Was steht im Brot über Salz?", ["brot.txt"]),
        ("what was the limit in version 1 of the salt rules?", ["salt.v1.md"]),
        ("What did v2 allow?", ["salt.v2.md"]),
        ("What do the salt rules, version 2, say about snow?", ["salt.v2.md"]),
    ],
)
def test_what_names_a_document(question: str, named: list[str]) -> None:
    assert [d.source for d in NAMES.named(Query(question))] == named


@pytest.mark.parametrize(
    "question",
    [
        "How much is the rent?",
        "What is due in rent?",
        "What happened in history?",
        "Who takes notes?",
        "What can one do in New Tarn?",
        "In New Tarn, who keeps the lamp?",
        "How is Brot made?",
        "What is in the handbook?",
        "In 2023 how many ferry handbooks were printed?",
        "In the ferry, handbook 2023 lay on a desk: whose?",
        "Does the ferry handbook of 2023 matter?",
        "who sent current.txt?",
        "who sent rent.txt.gz?",
        "who sent my-rent.txt?",
        "where is readme?",
        "Was ist in der Satzung?",
        "which version is it?",
        "what changed in version 3?",
        "According to whom?",
        "in",
        "what does . say",
    ],
)
def test_what_names_none(question: str) -> None:
    assert NAMES.named(Query(question)) == ()


def test_who_names_all_documents_names_none() -> None:
    own = [called("rent.txt", "Rent")]
    assert Names(own).named(Query("What does rent.txt say?")) == ()
    assert Names([]).named(Query("What does rent.txt say?")) == ()


def test_every_name_is_found_behind_words_that_say_where() -> None:
    for source, title in TITLES.items():
        asked = f"What is said of eels according to {title}?"
        assert source in [d.source for d in NAMES.named(Query(asked))]


WORLD = [
    ("north.txt", "The north gate opens at six. Dogs are kept on a lead at the gate."),
    ("south.txt", "The south gate opens at nine. The gate was painted green."),
    ("eels.txt", "Eels migrate to the sea each autumn."),
]


def engine(abstain: float) -> Engine:
    encoder = FakeEncoder()
    made = [document(f"{text}\n", source) for source, text in WORLD]
    retriever = encode_documents(made, encoder).retriever(encoder)
    return Engine(retriever, FirstReader.shipped(), retriever.passages.documents, abstain=abstain)


def sources(answer: Answer) -> Sequence[str]:
    return [c.document.source for c in (*answer.citations, *answer.closest)]


def test_a_document_that_is_named_answers_alone() -> None:
    own = engine(-1.0)
    answer = own.ask("When does the gate open, in south.txt?")
    assert set(sources(answer)) == {"south.txt"}
    assert (answer.asked_of, answer.not_in) == (("south.txt",), ())
    assert answer.scope is not None
    assert answer.scope == (1, 2)
    everywhere = own.ask("When does the gate open, in south.txt?", everywhere=True)
    assert (everywhere.asked_of, everywhere.not_in) == ((), ())
    assert "north.txt" in sources(everywhere)
    assert Answer.from_dict(answer.to_dict(), own.documents).asked_of == ("south.txt",)


def test_where_it_does_not_answer_all_are_asked() -> None:
    answer = engine(1.1).ask("When does the gate open, in south.txt?")
    assert not answer.citations
    assert (answer.asked_of, answer.not_in) == ((), ("south.txt",))
    assert answer.scope == (3, 0)


def test_a_follow_up_asks_the_document_that_it_names() -> None:
    own = engine(-1.0)
    first = own.ask("When does the gate open, in south.txt?")
    second = own.ask("and in north.txt?", history=[first])
    assert second.asked_of == ("north.txt",)
    assert "gate" in second.asked_as


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("What does RENT.txt say of eels?", "What does the document say of eels?"),
        (
            "In old/berths.txt and rent.txt, who pays?",
            "In the document and the document, who pays?",
        ),
        ("What is in prerent.txt?", "What is in prerent.txt?"),
    ],
)
def test_where_all_are_asked_the_name_of_a_file_is_no_word_of_the_question(
    question: str, plain: str
) -> None:
    documents = [called("rent.txt", "Rent"), called("old/berths.txt", "Berths")]
    assert without_files(question, documents) == plain


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("the handbook", ["ferry-handbook-2023.txt"]),
        ("the minutes of 2021", ["minutes-2021.txt"]),
        ("berths", ["berths.txt", "old/berths.txt"]),
        ("die Satzung", ["satzung.txt"]),
        ("the salt rules", ["salt.v1.md", "salt.v2.md"]),
        ("the ferry and the berths", []),
        ("the", []),
        ("", []),
    ],
)
def test_documents_whose_name_holds_all_of_some_words(words: str, found: list[str]) -> None:
    assert [document.source for document in NAMES.called(words)] == found


def test_a_whole_name_goes_before_a_part_of_one() -> None:
    titles = ("Brell Terms of Berths", "Brell Market Terms of Berths", "Brell Fees", "Brell Rules")
    own = tuple(called(f"{n}.md", title) for n, title in enumerate(titles))
    assert Names(own).called("the terms of berths") == own[:1]  # all are called of Brell
    assert Names(own[:2]).called("the market") == own[1:2]


def test_all_may_be_called_so() -> None:
    own = (called("south.txt", "Gate of the south"), called("north.txt", "Gate of the north"))
    assert Names(own).called("gate") == own
    assert Names(own).called("south") == own[:1]

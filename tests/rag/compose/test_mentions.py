"""What a question asks the mentions of, and whether of sentences or of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag import Engine, QuestionKind, Tally, kind_of
from rag.compose.mentions import mentioned
from rag.kinds import Counted
from rag.proof import Status, verify
from rag.query import AskedQuestion
from ui.show.phrases import tally_of

# Written before the expressions were. Four failed at first, three of them German, and were mended.
SENTENCES = [
    ("find all mentions of asbestos", "asbestos"),
    ("find every mention of “lead paint” in the survey", "lead paint"),
    ("How often is Dr. Falk mentioned?", "Dr. Falk"),
    ("how many times does the word pier appear", "pier"),
    ("give me every place where the contract mentions penalties", "penalties"),
    ("Wie oft wird der Spielplatz erwähnt?", "der Spielplatz"),
    ("Where is asbestos mentioned?", "asbestos"),
    ("where does the name Holm appear in the documents", "Holm"),
    ("Where are the penalties mentioned in our contracts?", "the penalties"),
    ("Wo wird der Spielplatz erwähnt?", "der Spielplatz"),
]
DOCUMENTS = [
    ("Which documents mention sudo?", "sudo"),
    ("which of the files mention OpenSSL", "OpenSSL"),
    ("How many documents mention sudo?", "sudo"),
    ("In how many articles is Nvidia mentioned?", "Nvidia"),
    ("list all contracts that mention arbitration", "arbitration"),
    ("What files contain the word pier?", "pier"),
    ("Does any document mention Mongolia?", "Mongolia"),
    ("Welche Dokumente erwähnen den Spielplatz?", "den Spielplatz"),
    ("In which reports does the word asbestos appear?", "asbestos"),
    ("find every document that mentions Dr. Falk", "Dr. Falk"),
    ("Which of our contracts use the term “force majeure”?", "force majeure"),
    ("do any of the files mention a penalty", "a penalty"),
    ("Show me all documents mentioning lead", "lead"),
    ("documents that mention Tarn", "Tarn"),
    ("Which article mentions Huawei?", "Huawei"),
    ("In welchen Dateien kommt Asbest vor?", "Asbest"),
    ("In wie vielen Berichten wird Falk genannt?", "Falk"),
]
NEITHER = [
    "list all companies mentioned",
    "Where is the pier?",
    "Which documents are about bridges?",
    "Which companies are mentioned?",
    "Which documents do I need to apply?",
    "What does the report mention about lead?",
    "Where are the documents?",
    "Which documents must be submitted with the form?",
    "Which article mentions that China leads?",
    "Who mentions export controls?",
    "Which documents name who is responsible?",
    "Where is the word processor?",
    "Which files do I have to mention?",
]
LEDGER = {
    "eels.txt": "Eels return to the Sargasso Sea.\n\nThe river Brell is full of eels in May.\n",
    "bread.txt": "The dough rests for an hour at the mill on the Brell.\n",
    "pier.txt": "The pier was painted with lead paint. The paint has lead in it, said the mill.\n",
    "herons.txt": "Herons wait at the weir every morning.\n",
}


@pytest.mark.parametrize(("question", "term"), SENTENCES)
def test_the_term_is_what_stands_behind_the_word(question: str, term: str) -> None:
    found = mentioned(AskedQuestion(question))
    assert found is not None
    assert (found.term, found.of) == (term, Counted.SENTENCES)


@pytest.mark.parametrize(("question", "term"), DOCUMENTS)
def test_documents_are_asked_for(question: str, term: str) -> None:
    found = mentioned(AskedQuestion(question))
    assert found is not None
    assert (found.term, found.of) == (term, Counted.DOCUMENTS)


@pytest.mark.parametrize("question", [question for question, _ in SENTENCES + DOCUMENTS])
def test_what_stands_in_quotation_marks_is_meant_as_it_is_written(question: str) -> None:
    found = mentioned(AskedQuestion(question))
    assert found is not None
    assert found.quoted is ("“" in question)


@pytest.mark.parametrize("question", NEITHER)
def test_anything_else_is_not_asked_by_its_words(question: str) -> None:
    assert mentioned(AskedQuestion(question)) is None


@pytest.mark.parametrize("question", [question for question, _ in SENTENCES + DOCUMENTS])
def test_its_kind_is_a_list_or_a_count(question: str) -> None:
    is_count = "how many" in question.lower() or "how often" in question.lower()
    is_count |= "wie oft" in question.lower() or "wie vielen" in question.lower()
    expected = QuestionKind.COUNT if is_count else QuestionKind.LIST
    assert kind_of(AskedQuestion(question)) is expected


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory, ibid_home: Path) -> Engine:
    folder = tmp_path_factory.mktemp("mill")
    for name, text in LEDGER.items():
        (folder / name).write_text(text)
    return Engine.open(folder)


def test_of_each_document_the_first_sentence_is_quoted(mill: Engine) -> None:
    answer = mill.ask("How many documents mention the mill?")
    assert [c.document.source for c in answer.citations] == ["bread.txt", "pier.txt"]
    assert answer.tally == Tally(2, Counted.DOCUMENTS, words=(("the mill",),))
    assert answer.complete
    assert answer.hits == ()  # nothing was looked for
    assert tally_of(answer) == "All 2 documents with a sentence that holds “the mill”."
    assert {verdict.status for verdict in verify(answer)} == {Status.HOLDS}


def test_the_words_stand_out(mill: Engine) -> None:
    answer = mill.ask("Where is the river mentioned?")
    (citation,) = answer.citations
    assert [citation.document.cut(span) for span in citation.emphasis] == ["river"]
    answer = mill.ask("Where is “lead paint” mentioned?")
    said = [[c.document.cut(span) for span in c.emphasis] for c in answer.citations]
    assert said == [["painted", "lead", "paint"]]


def test_the_only_one(mill: Engine) -> None:
    answer = mill.ask("Which of the files mentions herons?")
    assert tally_of(answer) == "The only document with a sentence that holds “herons”."


def test_every_place(mill: Engine) -> None:
    answer = mill.ask("Where is the Brell mentioned?")
    assert [c.document.cut(c.parts[0]) for c in answer.citations] == [
        "The dough rests for an hour at the mill on the Brell.",
        "The river Brell is full of eels in May.",
    ]
    assert tally_of(answer) == "All 2 sentences that hold “the Brell”."


def test_what_is_quoted_stands_as_it_is_written(mill: Engine) -> None:
    free = mill.ask("Where is lead paint mentioned?")
    exact = mill.ask("Where is “lead paint” mentioned?")
    assert (len(free.citations), len(exact.citations)) == (2, 1)
    assert not mill.ask("Which documents mention “paint lead”?").complete


def test_what_no_document_mentions_is_not_made_up(mill: Engine) -> None:
    answer = mill.ask("Which documents mention Mongolia?")
    assert not answer.citations
    assert answer.unknown == ("Mongolia",)


def test_what_a_document_does_not_mention_is_looked_for_in_all(mill: Engine) -> None:
    answer = mill.ask("Where is the dough mentioned in pier.txt?")
    assert [c.document.source for c in answer.citations] == ["bread.txt"]
    assert answer.not_in == ("pier.txt",)


def test_what_is_misspelt_is_found(mill: Engine) -> None:
    answer = mill.ask("Which documents mention heronss?")
    assert [c.document.source for c in answer.citations] == ["herons.txt"]


def test_of_a_document_that_is_named(mill: Engine) -> None:
    answer = mill.ask("Where is the mill mentioned in pier.txt?")
    assert {c.document.source for c in answer.citations} == {"pier.txt"}

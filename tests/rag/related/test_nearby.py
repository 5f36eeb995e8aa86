"""What is near to a quotation: about the same, elsewhere, and a sentence."""

from __future__ import annotations

from index.generation.build import encode_documents
from rag.related import near_sentences, sentences_of
from tests.doubles import FakeEncoder, document
from tests.scripted import Scripted

ASKED = "The garden rent is forty crowns a year."
ELSEWHERE = "Two members owe the garden rent of forty crowns."
SAME = "The garden rent is forty crowns, a year."
LABEL = "Garden rent in crowns, a year and a half"
VOTES = "Four and twenty of them were away in October."
OWN = [
    document(f"# Rules\n\n{ASKED} Who owes the garden rent of forty crowns is told so.\n", "a.md"),
    document(f"{ELSEWHERE}\n\n{SAME}\n\n{LABEL}\n\n{VOTES}\n", "b.md"),
]
RETRIEVER = encode_documents(OWN, FakeEncoder()).retriever(FakeEncoder())


def near(script: dict[str, float]) -> list[str]:
    reader = Scripted({ASKED: list(script.items())})
    start = OWN[0].text.index(ASKED)
    quoted = sentences_of(RETRIEVER, OWN[0], start, start + len(ASKED))
    found = near_sentences(RETRIEVER, reader, quoted)
    assert [n.score for n in found] == sorted((n.score for n in found), reverse=True)
    return [n.told.text for n in found]


def test_it_is_told_where_the_reader_and_the_words_say_so() -> None:
    assert near({ELSEWHERE: 0.4}) == [ELSEWHERE]
    assert near({ELSEWHERE: 0.05}) == []  # the reader sees nothing in it


def test_words_for_numbers_and_months_are_of_anything() -> None:
    assert near({VOTES: 0.9}) == []


def test_neither_the_same_letters_nor_a_label_nor_what_stands_beside_it_is_told() -> None:
    beside = "Who owes the garden rent of forty crowns is told so."
    assert near({SAME: 0.9, LABEL: 0.9, beside: 0.9}) == []

"""Training questions, asked: with their gold passage, without it, and altered."""

from __future__ import annotations

from benchmarks.kit.corpora import without
from benchmarks.kit.sets import Question
from index.generation.build import encode_documents
from index.language import Query
from index.types import Span
from tests.doubles import BREAD, EELS, HARBOUR, FakeEncoder, document
from training.samples import of_page, of_question

MOST = 3
HARBOUR_DOCUMENT = document(HARBOUR, "harbour.txt")
DOCUMENTS = [HARBOUR_DOCUMENT, document(EELS, "eels.md"), document(BREAD, "bread.txt")]
ANSWER = HARBOUR.index("1987")
DREDGED = Question(
    "When was the harbour dredged?", ((HARBOUR_DOCUMENT.id, Span(ANSWER, ANSWER + 4)),)
)


def test_a_question_is_asked_with_its_gold_passage_and_of_the_rest_without_it() -> None:
    encoder = FakeEncoder()
    contents = encode_documents(DOCUMENTS, encoder)
    made = list(of_question(DREDGED, contents.retriever(encoder), [DREDGED], MOST))
    asked = {one.condition: one for one in made}
    assert asked["answerable"].gold_places
    removed = asked["removed"]
    assert not any(removed.gold)
    rest = without(contents, {HARBOUR_DOCUMENT.id}).retriever(encoder)
    expected = rest.search(Query(DREDGED.text), MOST)
    assert [(h.passage, h.score, h.ranks) for h in removed.hits] == [
        (h.passage, h.score, h.ranks) for h in expected
    ]


def test_what_nothing_answers_is_asked_once() -> None:
    encoder = FakeEncoder()
    retriever = encode_documents(DOCUMENTS, encoder).retriever(encoder)
    (asked,) = of_question(Question("Who dredged the moon?", ()), retriever, [DREDGED], MOST)
    assert asked.condition == "adversarial"
    assert not any(asked.gold)


def test_of_a_page_what_does_not_answer_is_read_when_the_answer_is_gone() -> None:
    encoder = FakeEncoder()
    retriever = encode_documents(DOCUMENTS, encoder).retriever(encoder)
    asked = {one.condition: one for one in of_page(DREDGED, retriever, MOST)}
    assert asked["answerable"].gold_places
    assert asked["near"].hits
    assert not asked["near"].gold_places
    assert ANSWER not in {
        at
        for hit in asked["near"].hits
        if hit.passage.document.id == HARBOUR_DOCUMENT.id
        for sentence in hit.passage.sentences
        for at in range(sentence.start, sentence.end)
    }


def test_what_a_page_does_not_answer_is_asked_once() -> None:
    encoder = FakeEncoder()
    retriever = encode_documents(DOCUMENTS, encoder).retriever(encoder)
    (asked,) = of_page(Question("Who dredged the moon?", ()), retriever, MOST)
    assert (asked.condition, any(asked.gold)) == ("adversarial", False)

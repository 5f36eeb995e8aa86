"""Copies are looked at once, an answer says where else its words stand, edits are found both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from index.generation.build import encode_documents
from index.language import Query
from index.language.alphanumerics import letters
from index.passages.chunking import split
from index.passages.texts import sentence_text
from index.search.hybrid import Hybrid
from index.types import Document, Hit
from rag.answers import Answer
from rag.engine import Engine
from tests.doubles import WORLD, FakeEncoder, document
from tests.index.copied.articles import ARTICLES
from tests.index.copied.pairs import COPIES, EDITS, Pair
from tests.scripted import Scripted

pytestmark = pytest.mark.slow

OTHERS = [document(text, source) for source, text in WORLD.items()]


def retriever_of(documents: Sequence[Document]) -> Hybrid:
    encoder = FakeEncoder()
    encoder.max_tokens = 256
    return encode_documents(documents, encoder).retriever(encoder)


def sentences_of(made: Document) -> list[str]:
    passages = split(made, FakeEncoder().count_tokens)
    return [made.cut(s.span) for p in passages for s in p.sentences if s.role in ("body", "item")]


def holding(hits: Sequence[Hit], words: str) -> list[str]:
    """The sources of the passages that hold these words; a question's own, too."""
    wanted = letters(words)
    passages = [(h.echoing or h).passage for h in hits]
    return [p.document.source for p in passages if wanted in letters(p.text)]


def ask(retriever: Hybrid, documents: Sequence[Document], words: str) -> Answer:
    """The answer of a reader that takes one sentence for it."""
    return Engine(retriever, Scripted({words: [(words, 0.9)]}), documents).ask(words)


@pytest.mark.parametrize("pair", COPIES, ids=str)
def test_what_two_copies_say_is_found_in_one_and_said_to_be_in_the_other(pair: Pair) -> None:
    documents = [*pair.documents, *OTHERS]
    retriever = retriever_of(documents)
    for words in sentences_of(document(ARTICLES[pair.article], pair.article)):
        assert holding(retriever.search(Query(words), 99), words) == [pair.article]
    for made in pair.documents:  # and what only the one says is found in it
        for words in sentences_of(made):
            found = holding(retriever.search(Query(words), 99), words)
            assert found == (
                [made.source] if letters(words) not in letters(pair.first) else [pair.article]
            )


@pytest.mark.parametrize("pair", COPIES, ids=str)
def test_an_answer_says_where_else_its_words_stand(pair: Pair) -> None:
    first, second = pair.documents
    retriever = retriever_of([first, second, *OTHERS])
    there = {letters(w) for w in sentences_of(second)}
    # a question is no answer to itself
    shared = [w for w in sentences_of(first) if letters(w) in there and w[-1] != "?"]
    own = [w for w in sentences_of(second) if letters(w) not in letters(first.text)]
    own = [w for w in own if w[-1] != "?"]
    for words in shared:
        (cited,) = ask(retriever, [first, second], words).citations
        assert (cited.document, cited.also) == (first, (second.source,))
    for words in own:
        (cited,) = ask(retriever, [first, second], words).citations
        assert (cited.document, cited.also) == (second, ())


@pytest.mark.parametrize("pair", EDITS, ids=str)
def test_of_two_texts_that_differ_both_are_found(pair: Pair) -> None:
    first, second = pair.documents
    retriever = retriever_of([first, second, *OTHERS])
    for made in (first, second):
        for words in sentences_of(made):
            found = holding(retriever.search(Query(words), 99), words)
            said = [d.source for d in (first, second) if letters(words) in letters(d.text)]
            assert sorted(found) == sorted(said)


def test_without_the_one_the_other_is_looked_at_whole() -> None:
    first, second = COPIES[0].documents
    both = retriever_of([first, second, *OTHERS])
    alone = retriever_of([second])
    words = sentences_of(first)[0]
    narrowed = both.within({second.id})
    assert [h.passage for h in narrowed.search(Query(words), 99)] == [
        h.passage for h in alone.search(Query(words), 99)
    ]
    assert ask(narrowed, [second], words).citations[0].also == ()
    again = both.within({first.id, second.id})
    assert holding(again.search(Query(words), 99), words) == [first.source]
    assert ask(again, [first, second], words).citations[0].also == (second.source,)


def test_other_names_of_the_same_text_are_said_in_order() -> None:
    first, second = COPIES[0].documents
    first = replace(first, copies=("twin.txt",))
    second = replace(second, copies=("other twin.txt",))
    words = sentences_of(first)[0]
    retriever = retriever_of([OTHERS[0], second, first])
    (cited,) = ask(retriever, [second, first], words).citations
    assert cited.document == second
    assert cited.also == ("other twin.txt", "ferry.txt", "twin.txt")
    assert (
        Answer.from_dict(ask(retriever, [second, first], words).to_dict(), [second, first])
        .citations[0]
        .also
        == cited.also
    )


def test_a_retriever_that_compares_nothing_knows_other_names_alone() -> None:
    from tests.scripted import scripted

    made = replace(OTHERS[0], copies=("twin.txt",))
    words = sentences_of(made)[0]
    (cited,) = scripted({words: [(words, 0.9)]}, [made]).ask(words).citations
    assert cited.also == ("twin.txt",)


def test_a_quotation_of_two_sentences_is_in_what_says_both() -> None:
    text = "The weir was built in 1902. Its gates are of oak.\n"
    half = "The weir was built in 1902. It has four gates.\n"
    made = [document(text, "a.txt"), document(half, "b.txt"), document("Eels. " + text, "c.txt")]
    retriever = retriever_of(made)
    spans = [s.span for s in retriever.passages[0].sentences]
    assert len(spans) == 2
    assert retriever.also_in(made[0], spans[:1]) == ("b.txt", "c.txt")
    assert retriever.also_in(made[0], spans) == ("c.txt",)


def test_a_part_of_a_passage_has_the_evidence_of_its_own_sentences() -> None:
    first, second = COPIES[0].documents
    retriever = retriever_of([first, second])
    words = sentences_of(second)[-1]
    best = retriever.search(Query(words), 1)[0]
    assert best.passage.document == second
    assert best.evidence is not None
    assert len(best.evidence.similarity) == len(best.passage.sentences)
    vector = FakeEncoder().encode_query(words)
    texts = [sentence_text(second, s) for s in best.passage.sentences]
    rows = FakeEncoder().encode_passages(texts)
    assert best.evidence.similarity == pytest.approx((rows @ vector).tolist(), abs=5e-4)
    mean = rows.mean(axis=0)
    assert best.evidence.cosine == pytest.approx(mean @ vector / np.linalg.norm(mean), abs=5e-4)

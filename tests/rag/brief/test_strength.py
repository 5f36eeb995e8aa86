"""What many documents say most strongly, and the order in which it is told."""

from __future__ import annotations

import pytest

from index import Encoder, ids_of
from index.generation.build import encode_documents
from rag.brief import by_turns, strength, strongest, strongest_of
from rag.overview import SentencePool
from tests.doubles import FakeEncoder, document

PLAIN = "The harbour office opens at eight every morning except on Sundays."
BRIDGE = "The old bridge over the river must be closed before the winter storms."
FORM = "Present at the meeting were Adams, Brown and Carter of the committee."


def pool_of_texts(*texts: str, encoder: Encoder | None = None) -> SentencePool:
    encoder = encoder or FakeEncoder()
    own = [document(text, f"{number}.txt") for number, text in enumerate(texts)]
    retriever = encode_documents(own, encoder).retriever(encoder)
    table = retriever.passages
    numbers = [n for id_ in ids_of(own) if (n := table.number(id_)) is not None]
    return strongest_of(retriever.stored, {n: table.rows_of(n) for n in numbers})


def test_each_sentence_comes_once_and_in_the_same_order() -> None:
    pool = pool_of_texts(f"{PLAIN} {BRIDGE}", f"{BRIDGE} {FORM}", PLAIN)
    order = list(strongest(pool))
    assert sorted(order) == list(range(len(pool)))
    assert order == list(strongest(pool))


def test_of_nothing_there_is_nothing() -> None:
    empty = pool_of_texts(PLAIN).take(())
    assert list(strongest(empty)) == list(by_turns(empty)) == []
    assert len(pool_of_texts("Yes.")) == 0


def test_of_many_documents_some_speak_for_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strength, "DOCUMENTS", 2)
    pool = pool_of_texts(PLAIN, BRIDGE, FORM)
    assert len({one.passage.document.id for one in pool.told}) == 2


def test_what_other_documents_say_in_other_words_is_strong(default_encoder: Encoder) -> None:
    pool = pool_of_texts(
        f"{PLAIN} {BRIDGE}",
        "Letters can be posted at the window on the left side. Before the storms of winter come"
        " the bridge has to be shut to all traffic.",
        "A ferry ticket costs four crowns for grown people. Engineers want the river bridge to be"
        " closed by the end of autumn.",
        encoder=default_encoder,
    )
    assert "bridge" in pool.told[next(strongest(pool))].text


def test_what_others_only_repeat_supports_nothing(default_encoder: Encoder) -> None:
    pool = pool_of_texts(
        f"{FORM} {BRIDGE}", f"{FORM.replace('Carter', 'Dean')} {PLAIN}", encoder=default_encoder
    )
    forms = [n for n, one in enumerate(pool.told) if one.text.startswith("Present")]
    assert len(forms) == 2
    assert not strength._supported(pool, strength._documents(pool))[forms].any()


def test_of_many_documents_each_has_its_turn() -> None:
    pool = pool_of_texts(f"{PLAIN} {FORM}", BRIDGE)
    assert [pool.told[n].text for n in by_turns(pool)] == [PLAIN, BRIDGE, FORM]


def test_of_one_document_some_are_kept_in_its_order() -> None:
    pool = pool_of_texts(f"{PLAIN} {FORM} {BRIDGE}")
    kept = strength._telling(pool, 2)
    assert len(kept) == 2
    assert kept == sorted(kept)

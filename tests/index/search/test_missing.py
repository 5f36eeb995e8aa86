"""The words of a question that no sentence holds: where they stand, and never "nowhere" wrongly."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from index.language import Query
from index.language.analysis import stems
from index.language.folding import Folded, folded
from index.passages.texts import LABELS
from index.search.hybrid import Hybrid
from index.search.mentions import Mention, Missing, Where
from index.types import Document
from tests.doubles import document
from tests.index.search.test_multilingual import retriever_over
from tests.strategies import texts

MINUTES = """Home | Members | Log in

Minutes of the Assembly

By Gunnar Lund

May 3, 2021

The levy

The assembly raised the levy on barges by two shillings. The café on the quay stays open until
the Kindergeldantrag of every O'Brien was read, and the Über-\nsetzung is well-known.

Share this: Reykjavik bulletins
"""
PAGE = """Home | Search

Tolls of the lock

A barge that is empty pays nothing at the lock, and a barge with coal pays a shilling.

Subscribe to the newsletter
"""


@pytest.fixture(scope="module")
def town() -> Hybrid:
    invoice = replace(
        document(PAGE, "accounts/lund_invoice-LockTolls.txt"), meta={"author": "Ida Holm"}
    )
    return retriever_over([document(MINUTES, "minutes.txt"), invoice])


@pytest.mark.parametrize(
    ("word", "source", "where"),
    [
        ("Minutes", "minutes.txt", Where.TITLE),
        ("bulletin", "minutes.txt", Where.FURNITURE),
        ("newsletters", "accounts/lund_invoice-LockTolls.txt", Where.FURNITURE),
        ("invoices", "accounts/lund_invoice-LockTolls.txt", Where.FILE_NAME),
        ("Ida", "accounts/lund_invoice-LockTolls.txt", Where.METADATA),
        ("Antrag", "minutes.txt", Where.LONGER_WORD),
    ],
)
def test_a_word_that_no_sentence_holds_is_said_to_stand_where_it_does(
    town: Hybrid, word: str, source: str, where: Where
) -> None:
    assert town.missing(Query(f"{word}?")) == Missing((), (Mention(word, source, where),))


@pytest.mark.parametrize(
    "written", ["cafe", "CAFÉ", "cafe\u0301", "OBrien", "O’Brien", "Übersetzung", "ubersetzung",
                "wellknown", "levies", "shilling", "barge"],
)  # fmt: skip
def test_what_a_sentence_holds_in_another_writing_is_not_missing(
    town: Hybrid, written: str
) -> None:
    assert town.missing(Query(f"{written}?")) == Missing()


def test_the_parts_of_a_word_that_was_asked_with_a_hyphen_stand_in_the_longer_one(
    town: Hybrid,
) -> None:
    missing = town.missing(Query("Kindergeld-Antrag?"))
    assert missing.nowhere == ()
    assert [m.word for m in missing.mentions] == ["Kindergeld", "Antrag"]
    assert {m.where for m in missing.mentions} == {Where.LONGER_WORD}


def test_a_word_is_nowhere_once_as_it_was_written(town: Hybrid) -> None:
    asked = "Do zebras or a zebra pay at the Zürich lock? Zebras!"
    assert town.missing(Query(asked)) == Missing(("zebras", "Zürich"))


def test_the_other_documents_are_counted() -> None:
    pages = [document(PAGE.replace("shilling", f"{n} pence"), f"{n}.txt") for n in range(4)]
    assert retriever_over(pages).missing(Query("newsletter?")).mentions == (
        Mention("newsletter", "0.txt", Where.FURNITURE, 3),
    )


def test_only_the_documents_looked_at_count(town: Hybrid) -> None:
    minutes, invoice = ({d.id} for d in town.passages.documents)
    assert town.within(invoice).missing(Query("Who raised the levy at the lock?")).nowhere == (
        "raised",
        "levy",
    )
    assert town.within(minutes).missing(Query("newsletter?")).nowhere == ("newsletter",)
    assert town.within(minutes).missing(Query("Lund?")).mentions == ()
    assert town.within(()).missing(Query("barges")) == Missing()


def _letters(text: str) -> str:
    """The letters and digits, without case and marks: one character at a time."""
    plain = (unicodedata.normalize("NFKD", c).casefold() for c in text)
    return "".join(c for part in plain for c in part if c.isalnum())


def _stands(word: str, made: Document) -> bool:
    """Whether a word's stem or letters stand anywhere in a document: by brute force."""
    names = " ".join(re.split(r"[\W_]+", made.source))
    whole = f"{made.text}\n{made.title}\n{names}"
    unbroken = re.sub(r"[-\u2010\u00ad][ \t]*\r?\n[ \t]*", "", whole)
    runs = (*whole.split(), *unbroken.split())
    return any(_letters(word) in _letters(run) for run in runs) or any(
        set(stems(word, made.language)) & set(stems(run, made.language)) for run in whole.split()
    )


ASKED = (  # noqa: SIM905
    "dredgers harbor harbour's Straßen STRASSE UBER über e file ﬁles soft hyphen softhyphen US "
    "Smiths 204 1204 314 東京 东京 zebra quite quit comment loading doe heading Jane listing made "
    "conversations txt ings lea eel counting القدس المدينة שלום 한국 e\u0301"
).split()


@given(
    texts(),
    st.lists(
        st.sampled_from(ASKED)
        | st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=4),
        min_size=1,
        max_size=4,
    ),
)
def test_a_word_is_nowhere_only_where_neither_its_stem_nor_its_letters_stand(
    text: str, asked: list[str]
) -> None:
    made, question = document(text), " ".join(asked)
    missing = retriever_over([made]).missing(Query(question))
    mentioned = {mention.word for mention in missing.mentions}
    assert not any(_stands(word, made) for word in missing.nowhere)
    assert all(_stands(word, made) for word in mentioned)
    assert not mentioned & {*missing.nowhere}
    told = {stem for word in missing.nowhere for stem in stems(word, made.language)}
    for word, stem in Query(question).words(made.language).asked:
        labels = stems(" ".join(LABELS.values()), made.language)
        assert _stands(word, made) or stem in told or stem in labels


@given(texts())
def test_folding_keeps_letters_and_digits_alone(text: str) -> None:
    unbroken = re.sub(r"[-\u2010\u00ad][ \t]*\r?\n[ \t]*", "", text)
    assert folded(text).decode().split() == [r for r in map(_letters, unbroken.split()) if r]


def test_a_word_is_whole_between_marks_and_across_them() -> None:
    text = Folded.of("a well-known_harbour’s café")
    for whole in ("a", "well", "known", "wellknownharbours", "harbour", "s", "cafe"):
        assert text.holds(whole.encode())
    for part in ("wellknown", "harbours", "caf", "ellknown"):
        assert not text.holds(part.encode())

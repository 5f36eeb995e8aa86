"""Where a quote stands in the documents."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, strategies as st

from index.types import Document, Span
from rag.evaluation.places import Locator, Place, overlaps
from tests.doubles import document
from tests.strategies import documents, spans


def found(text: str, quote: str) -> list[str]:
    """The words at each place where the quote stands."""
    made = document(text, "made.md")
    return [made.cut(place.span) for place in Locator([made]).places(quote)]


@pytest.mark.parametrize(
    ("text", "quote", "there"),
    [
        ("The dog ran.\nIt came back.", "the dog ran. It came back", "The dog ran.\nIt came back"),
        ("He said “it’s two–thirds”.", "he said \"it's two-thirds\"", "He said “it’s two–thirds"),
        ("It is **very** _old_ now.", "is very old", "is **very** _old"),
        ("It is very old now.", "is **very old**", "is very old"),
        ("> It is\n> quoted here.", "It is quoted here.", "It is\n> quoted here"),
        ("A cafe\u0301 and a ﬁsh.", "café and a fish", "cafe\u0301 and a ﬁsh"),
        ("A soft\u00adhyphen here.", "softhyphen here", "soft\u00adhyphen here"),
        ("Die Straße ist lang.", "die STRASSE ist", "Die Straße ist"),
        ("See [it](http://x.y/a_(b)) now.", "see it now", "See [it](http://x.y/a_(b)) now"),
        ("See [it](http://x.y/) now.", "it](http://x.y/) now.", "it](http://x.y/) now"),
        ("It is <b class='x'>very</b> old.", "is very old", "is <b class='x'>very</b> old"),
        ("東京都は日本の首都です。", "日本の首都", "日本の首都"),
        ("Foreign AffairsMay 29, 2026", "May 29, 2026", "May 29, 2026"),
    ],
)  # fmt: skip
def test_how_it_was_typed_does_not_matter(text: str, quote: str, there: str) -> None:
    assert found(text, quote) == [there]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It was in 2012.", "12"),
        ("The party began.", "art"),
        ("A ﬁsh.", "ish"),
        ("A café.", "cafe"),
        ("A cafe\u0301.", "cafe"),
        ("It is very old.", "It is not very old."),
        ("Paid in 1870.", "Paid in 1871."),
    ],
)
def test_other_words_are_not_the_quote(text: str, quote: str) -> None:
    assert found(text, quote) == []


def test_every_place_is_found_in_order() -> None:
    one, two = (
        document("Eels swim. Birds fly. EELS swim!", "a.txt"),
        document("Eels\nswim", "b.txt"),
    )
    places = Locator([one, two]).places("eels swim")
    assert places == [Place(one, Span(0, 9)), Place(one, Span(22, 31)), Place(two, Span(0, 9))]
    assert [str(place) for place in places] == ["a.txt:1", "a.txt:1", "b.txt:1"]
    assert places[1].to_dict() == {"source": "a.txt", "line": 1, "start": 22, "end": 31}


def test_markup_is_left_out_only_where_the_words_stand_nowhere_else() -> None:
    marked, plain = document("Read [it](http://x) now.", "a.md"), document("Read it now.", "b.md")
    assert [p.document for p in Locator([marked, plain]).places("Read it now.")] == [plain]


@pytest.mark.parametrize(
    ("a", "b", "half"),
    [
        ((0, 10), (5, 15), True),
        ((0, 10), (6, 16), False),
        ((0, 10), (8, 12), True),  # half of the shorter one
        ((0, 10), (9, 12), False),
        ((0, 100), (40, 41), True),
        ((0, 10), (10, 20), False),
        ((0, 10), (15, 20), False),
    ],
)
def test_half_of_the_shorter_one(a: tuple[int, int], b: tuple[int, int], half: bool) -> None:
    assert overlaps(Span(*a), Span(*b)) is half
    assert overlaps(Span(*b), Span(*a)) is half


@pytest.mark.slow
@given(st.data(), documents())
def test_whole_words_of_a_text_are_found_where_they_stand(
    data: st.DataObject, made: Document
) -> None:
    words = made.text.split(" ")
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(" ".join([*words[:first], ""])) if first else 0
    quote = " ".join(words[first : last + 1])
    assume(any(c.isalnum() for c in quote))
    there = Span(start, start + len(quote))
    assert any(overlaps(place.span, there) for place in Locator([made]).places(quote))


@pytest.mark.slow
@given(st.data(), documents())
def test_a_place_holds_the_quote_and_no_more(data: st.DataObject, made: Document) -> None:
    assume(
        "<" not in made.text and "](" not in made.text
    )  # where half a tag is, words are left out
    quote = made.cut(data.draw(spans(made)))
    assume(any(c.isalnum() for c in quote))
    for place in Locator([made]).places(quote):
        again = Locator([document(made.cut(place.span), "b.txt")]).places(quote)
        assert [p.span for p in again] == [Span(0, place.span.end - place.span.start)]

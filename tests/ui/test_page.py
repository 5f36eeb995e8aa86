"""The page's HTML: what it says, and that it says nothing by itself."""

from __future__ import annotations

import re

import pytest

from index.load import Failure
from index.types import Document, text_id
from rag.types import Answer
from tests.ui.handmade import cite
from ui import page

HOSTILE = "<img src=x onerror=a()> ${a()} {{a}} `a` \"a\" 'a'"


def hostile() -> tuple[Document, Answer]:
    document = Document(text_id(HOSTILE), HOSTILE, HOSTILE, HOSTILE, {"author": HOSTILE})
    return document, Answer(HOSTILE, (cite(document, HOSTILE, 1),), (), 0.5)


def test_an_answer_says_how_much_it_quotes(answer: Answer) -> None:
    assert "3 quotations from 2 sources" in page.conversation([answer])
    one = Answer(answer.question, answer.citations[:1], (), 0.5)
    assert "1 quotation from 1 source<" in page.conversation([one])


def test_an_abstention_counts_nothing(abstained: Answer) -> None:
    assert "quotation" not in re.sub('aria-label="[^"]*"', "", page.conversation([abstained]))


def test_turns_are_numbered_in_the_order_they_were_asked(answer: Answer, abstained: Answer) -> None:
    shown = page.conversation([answer, abstained])
    assert re.findall('data-turn="([0-9]+)"', shown) == ["0", "1"]
    assert shown.index(answer.question) < shown.index(abstained.question)


def test_a_source_names_what_is_known_of_it() -> None:
    meta = {"author": "Ida Holm", "date": "1921-05-03"}
    document = Document(text_id("A. B."), "A. B.", "T", "a/b.txt", meta)
    shown = page.source(document, (), None)
    assert re.findall("<bdi>([^<]*)</bdi>", shown) == ["Ida Holm", "1921-05-03", "a/b.txt"]


def test_the_same_source_twice_differs_so_that_the_page_scrolls_again(harbour: Document) -> None:
    assert page.source(harbour, (), None) != page.source(harbour, (), None)


def test_the_library_lists_titles_and_what_could_not_be_read(harbour: Document) -> None:
    shown = page.library([harbour], [Failure("broken.txt", "not a text")])
    assert "1 document<" in shown
    assert harbour.title in shown
    assert "broken.txt" in shown
    assert "not a text" in shown
    assert "Could not be read" not in page.library([harbour], [])


def test_a_long_library_is_cut_short_and_says_so(harbour: Document) -> None:
    shown = page.library([harbour] * (page.LISTED + 1234), [])
    assert shown.count("<li>") == page.LISTED
    assert "and 1,234 more" in shown


@pytest.mark.parametrize("part", ["conversation", "source", "library", "refusal"])
def test_nothing_hostile_stays_alive(part: str) -> None:
    document, answer = hostile()
    shown = {
        "conversation": page.conversation([answer]),
        "source": page.source(document, answer.citations, 1),
        "library": page.library([document], [Failure(HOSTILE, HOSTILE)]),
        "refusal": page.refusal(HOSTILE),
    }[part]
    assert "<img" not in shown
    assert not re.search("[`${}]", shown)
    assert "&#60;img" in shown

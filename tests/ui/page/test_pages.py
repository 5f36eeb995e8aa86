"""The page's HTML: what it says, and that it says nothing by itself."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from index.failures import Failure, Why
from index.library.report import FilesReport
from index.types import Document, text_id
from rag.answers import Answer
from rag.kinds import QuestionKind
from tests.ui.handmade import cite, hostile
from ui.page import frame
from ui.page.library import LISTED, library_html
from ui.page.reader import reader_html, reference
from ui.page.turns import ShownTurn, conversation
from ui.show.html import escape

HOSTILE = "<img src=x onerror=a()> ${a()} {{a}} `a` \"a\" 'a'"


def shelf(documents: list[Document], *failures: Failure, dropped: bool = False) -> str:
    passages = {d.id: 3 for d in documents}
    files = FilesReport({}, failures, ())
    return library_html(documents, passages, frozenset(), files, dropped=dropped, home="the start")


def test_an_answer_says_how_much_it_quotes_and_how_sure_that_is(answer: Answer) -> None:
    shown = conversation([ShownTurn(replace(answer, confidence=0.83), 0.0484, verified=True)])
    assert "3 quotations from 2 sources, verified, 48 ms" in shown
    assert ">confident<" in shown
    assert "83%" in shown
    one = Answer(answer.question, answer.citations[:1], (), 0.2)
    shown = conversation([ShownTurn(one)])
    assert "1 quotation from 1 source, 1 ms" in shown
    assert ">not very confident<" in shown


def test_an_abstention_counts_nothing(abstained: Answer) -> None:
    shown = conversation([ShownTurn(abstained)])
    assert "quotation" not in re.sub('aria-label="[^"]*"', "", shown)
    assert "verified" not in shown


def test_turns_are_numbered_in_the_order_they_were_asked(answer: Answer, abstained: Answer) -> None:
    shown = conversation([ShownTurn(answer), ShownTurn(abstained)])
    assert re.findall('<article class="turn" data-turn="([0-9]+)"', shown) == ["0", "1"]
    assert shown.index(answer.question) < shown.index(abstained.question)


def test_a_number_has_a_preview_of_its_place(answer: Answer) -> None:
    shown = conversation([ShownTurn(answer)])
    for citation in answer.citations:
        preview = re.search(f'<p id="preview-0-{citation.number}"[^>]*>(.*?)</p>', shown, re.S)
        assert preview is not None
        assert f"<b>{escape(citation.quote)}</b>" in preview[1]


def test_only_what_was_completed_can_be_asked_as_typed(answer: Answer) -> None:
    assert "as typed" not in conversation([ShownTurn(answer)])
    completed = replace(answer, asked_as="What about the lamp?")
    assert "as typed" in conversation([ShownTurn(completed)])


def test_a_question_can_be_read_as_another_kind(answer: Answer) -> None:
    fact = conversation([ShownTurn(answer)])
    assert "Read as:" not in fact
    assert 'data-do="read" data-turn="0" data-kind="count">as a count</button>' in fact
    assert 'data-kind="fact"' not in fact
    counted = conversation([ShownTurn(replace(answer, kind=QuestionKind.COUNT))])
    assert (
        'Read as: a count <button type="button" data-do="read" data-turn="0" data-kind="fact">'
        "as a fact</button>" in counted
    )
    assert 'data-kind="count"' not in counted


def test_a_source_names_what_is_known_of_it() -> None:
    meta = {"author": "Ida Holm", "date": "1921-05-03"}
    document = Document(text_id("A. B."), "A. B.", "T", "a/b.txt", meta)
    shown = reader_html(document, None, None)
    assert re.findall("<bdi>([^<]*)</bdi>", shown) == ["Ida Holm", "1921-05-03", "a/b.txt"]
    assert document.id in shown
    assert reference(cite(document, "A. B.", 1)) == "“A. B.” (Ida Holm, T, 1921-05-03; a/b.txt:1)"


def test_the_reader_leads_round_all_places_of_an_answer(answer: Answer) -> None:
    for citation in answer.citations:
        shown = reader_html(citation.document, answer, citation.number, turn=4)
        assert f"Quotation {citation.number} of 3" in shown
        steps = re.findall('data-turn="4" data-number="([0-9])"', shown)
        assert steps == [str((citation.number - 2) % 3 + 1), str(citation.number % 3 + 1)]
        assert f"characters {citation.start:,}–{citation.end:,}" in shown
        assert text_id(citation.quote) in shown


def test_the_same_source_twice_differs_so_that_the_page_scrolls_again(harbour: Document) -> None:
    assert reader_html(harbour, None, None) != reader_html(harbour, None, None)


def test_the_library_lists_titles_and_what_could_not_be_read(harbour: Document) -> None:
    shown = shelf([harbour], Failure("broken.txt", "not a text"))
    assert "1 document<" in shown
    assert harbour.title in shown
    assert "3 passages" in shown
    assert "broken.txt" in shown
    assert "not a text" in shown
    assert "Not read" not in shelf([harbour])


def test_the_library_says_what_became_of_each_file(harbour: Document) -> None:
    wrong = (
        Failure("a.txt", "a.txt: no text", why=Why.EMPTY),
        Failure("b.xlsx", "b.xlsx: a formula has no result", partly=True),
        Failure("docs/", "docs/: there is nothing there", why=Why.KEPT),
    )
    shown = shelf([harbour], *wrong)
    heads = ["Not read", "Read in part", "Kept as before, since it cannot be opened now"]
    assert re.findall("<h3>(.*?)</h3>", shown) == heads
    assert "docs/</bdi> there is nothing there" in shown


def test_only_dropped_files_can_be_removed(harbour: Document) -> None:
    assert "Remove" not in shelf([harbour])
    shown = shelf([harbour], dropped=True)
    assert f"Remove {harbour.title}" in shown
    assert "Back to the start" in shown


def test_a_long_library_is_cut_short_and_says_so(harbour: Document) -> None:
    shown = shelf([harbour] * (LISTED + 1234))
    assert shown.count('data-do="open"') == LISTED
    assert "and 1,234 more" in shown


@pytest.mark.parametrize("part", ["conversation", "reader", "library", "refusal", "offers"])
def test_nothing_hostile_stays_alive(part: str) -> None:
    answer = hostile(HOSTILE)
    document = answer.citations[0].document
    shown = {
        "conversation": conversation([ShownTurn(answer, rephrasings=(HOSTILE,))]),
        "reader": reader_html(document, answer, 1, 0),
        "library": shelf([document], Failure(HOSTILE, HOSTILE), dropped=True),
        "refusal": frame.refusal(HOSTILE),
        "offers": frame.offers(HOSTILE, [HOSTILE]),
    }[part]
    assert "<img" not in shown
    assert not re.search("[`${}]", shown)
    assert "&#60;img" in shown

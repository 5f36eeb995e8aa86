"""A conversation as a file: nothing in it is alive, and its links lead to its own marks."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from rag.answers import Answer
from rag.kinds import CitationGroup, CitationPair, PairKind, QuestionKind
from tests.ui.handmade import hostile
from tests.ui.page.test_pages import HOSTILE
from ui.page.export import conversation_html, conversation_markdown


class Page(HTMLParser):
    """The ids of a page, its links, and its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]


def test_every_number_leads_to_a_mark_of_its_own(answer: Answer, abstained: Answer) -> None:
    page = Page(conversation_html([answer, abstained, answer]))
    assert page.links == [f"#cite-{n}" for n in range(1, 8)]
    assert sorted(page.ids) == sorted(link[1:] for link in page.links)


def test_the_page_holds_its_sources_whole_and_loads_nothing(answer: Answer) -> None:
    shown = conversation_html([answer])
    text = re.sub("<[^>]+>", "", shown)
    for citation in answer.citations:
        for line in citation.document.text.splitlines():
            assert line.replace("'", "&#39;").replace('"', "&#34;").split("&")[0] in text
    assert Page(shown).tags.isdisjoint({"script", "img", "link", "iframe", "object"})
    assert "http" not in re.sub("http-equiv", "", shown)


def test_nothing_hostile_is_alive_in_a_file() -> None:
    answer = hostile(HOSTILE)
    shown = conversation_html([answer])
    assert "<img" not in shown
    assert "&#60;img" in shown
    assert "<img" not in MarkdownIt().render(conversation_markdown([answer]))


def test_quotations_stay_under_their_labels(answer: Answer) -> None:
    groups = (CitationGroup("Key points", (1, 3)), CitationGroup("Numbers", (2,)))
    grouped = replace(answer, groups=groups)
    page = conversation_html([answer, grouped])
    own = page.partition("Key points</h3>")[2].partition("Numbers</h3>")
    assert re.findall(r'data-number="(\d+)"', own[0]) == ["4", "6"]
    assert re.findall(r'data-number="(\d+)"', own[2])[0] == "5"


def test_what_differs_is_told_by_the_numbers_of_the_file(answer: Answer) -> None:
    groups = (CitationGroup("One", (1, 2)), CitationGroup("Other", (3,)))
    pairs = (CitationPair(PairKind.DIFFER, 1, 3),)
    kind = QuestionKind.COMPARISON
    compared = replace(answer, kind=kind, groups=groups, pairs=pairs)
    page = conversation_html([answer, compared])
    assert "They differ: [4] and [6]." in page
    assert 'differs from <a href="#cite-6"' in page
    assert '<div class="sides">' in page


def test_markdown_has_a_heading_for_each_question(answer: Answer, abstained: Answer) -> None:
    shown = conversation_markdown([answer, abstained])
    assert re.findall("^## (.*)$", shown, re.M) == [answer.question, abstained.question]
    assert f"> {answer.citations[1].quote}" in shown


def test_a_file_says_where_else_the_words_stand(answer: Answer) -> None:
    assert "also in: <bdi>dues_1870.txt</bdi>" in conversation_html([answer])
    assert "also in: `dues_1870.txt`" in conversation_markdown([answer])

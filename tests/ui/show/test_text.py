"""An answer as text, Markdown, HTML and JSON, and what hostile documents can do there."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, strategies as st
from markdown_it import MarkdownIt

from index import types
from index.load.loading import load_text
from index.types import Document, Page as DocumentPage, Span, text_id
from rag.answers import Answer
from rag.citations import Citation, Older
from rag.kinds import CitationGroup, CitationPair, Counted, PairKind, QuestionKind, Tally
from tests.strategies import citations
from tests.ui.handmade import cite, span_of
from ui.show.as_json import to_json
from ui.show.html import document_html, escape, to_html
from ui.show.markdown import to_markdown
from ui.show.plain import visible
from ui.show.text import to_text

Golden = Callable[[str, str], None]
Show = Callable[[Answer], str]

HOSTILE = (
    "<img src=x onerror=alert(1)> ${document.title='x'} {{this}} `tick` \"a\" 'b' &amp; \\n"
    " *bold* _it_ [l](javascript:x) ~~no~~ $x$ | # \x1b]0;owned\x07 \x9b31m \u202egnp.exe\u202c"
)


def hostile_answer() -> Answer:
    """Title, heading, file name, quotation, context and question all hold HOSTILE."""
    text = f"{HOSTILE}.\n\n- 1. {HOSTILE}\n"
    document = Document(text_id(text), text, HOSTILE, f"{HOSTILE}\n.txt", {})
    end = len(text) - 1
    cited = Citation(
        document,
        len(HOSTILE) + 3,
        end,
        Span(0, len(HOSTILE)),
        1,
        1,
        (f"§{HOSTILE}",),
        also=(f"{HOSTILE}\n.txt",),
    )
    return Answer(HOSTILE, (cited,), (), 0.5)


def hostile_abstention() -> Answer:
    said = hostile_answer()
    return Answer(HOSTILE, (), (), 0.5, said.citations, (HOSTILE,))


HOSTILE_ANSWERS = pytest.mark.parametrize("hostile", [hostile_answer(), hostile_abstention()])


class Page(HTMLParser):
    """The tags, attributes and words that a browser makes of a fragment."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.attributes.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


def test_text_and_markdown_and_json_and_html(answer: Answer, golden: Golden) -> None:
    golden("answer.txt", to_text(answer))
    golden("answer.md", to_markdown(answer))
    golden("answer.json", to_json(answer))
    golden("answer.html", to_html(answer))


def test_an_abstention(abstained: Answer, golden: Golden) -> None:
    golden("abstain.txt", to_text(abstained))
    golden("abstain.md", to_markdown(abstained))
    golden("abstain.json", to_json(abstained))
    golden("abstain.html", to_html(abstained))


STEPS = [f"Turn lamp {n} of the pier until it burns" for n in range(1, 15)]


def list_answer(emphasis: str = "") -> Answer:
    """Fourteen steps and what leads to them."""
    lead = "To light the pier of Tarn:"
    text = f"{lead}\n\n" + "".join(f"{n}. {step}\n" for n, step in enumerate(STEPS, 1))
    made = load_text(text.encode(), "pier.md")
    members = tuple(span_of(made, step) for step in STEPS)
    parts = (span_of(made, lead), *members)
    emphasised = (span_of(made, emphasis),) if emphasis else ()
    place = (made, parts[0].start, parts[-1].end, None, 4.0, 1, ("Lamps",), parts, members[1])
    return Answer("How?", (Citation(*place, emphasised, members=members),), (), 0.9)


def test_a_list_is_shown_a_member_to_a_line(golden: Golden) -> None:
    golden("list.txt", to_text(list_answer(), width=40))
    golden("list.md", to_markdown(list_answer()))
    golden("list.json", to_json(list_answer()))
    golden("list.html", to_html(list_answer()))


ROWS = ["project: Orion; lead: Mei", "project: <Heron>; lead: Mei", "project: Cobalt; lead: Mei"]


def count_answer(**tally: object) -> Answer:
    """Three rows of a table, each with what it is called emphasised."""
    text = "\n".join(ROWS)
    starts = [text.index(row) for row in ROWS]
    pages = tuple(DocumentPage(start, f"row {n}") for n, start in enumerate(starts, 2))
    made = Document(text_id(text), text, "projects", "projects.csv", {}, pages=pages)
    names = [Span(s + 9, s + row.index(";")) for s, row in zip(starts, ROWS, strict=True)]
    cited = tuple(
        replace(cite(made, row, n), emphasis=(name,))
        for n, (row, name) in enumerate(zip(ROWS, names, strict=True), 1)
    )
    told = Tally(3, Counted.ROWS, "projects.csv", (("Mei",),))
    return Answer(
        "How many projects does Mei run?",
        cited,
        (),
        0.95,
        kind=QuestionKind.COUNT,
        complete=not tally,
        tally=told._replace(**tally),  # type: ignore[arg-type]
    )


def test_a_count_is_shown_with_its_rows(golden: Golden) -> None:
    golden("count.txt", to_text(count_answer(), switch="--as fact"))
    golden("count.md", to_markdown(count_answer()))
    golden("count.json", to_json(count_answer()))
    golden("count.html", to_html(count_answer(), switch=" <button>as a fact</button>"))


def grouped(answer: Answer) -> Answer:
    """The same, under two labels, one of which is hostile."""
    groups = (
        CitationGroup("Why it matters", (1,)),
        CitationGroup("<b>*Key* points\x1b[0m", (2, 3)),
    )
    return replace(answer, kind=QuestionKind.OVERVIEW, groups=groups)


def test_labels_stand_above_their_quotations(answer: Answer, golden: Golden) -> None:
    golden("groups.txt", to_text(grouped(answer)))
    golden("groups.md", to_markdown(grouped(answer)))
    golden("groups.json", to_json(grouped(answer)))
    golden("groups.html", to_html(grouped(answer)))


def compared(answer: Answer) -> Answer:
    """The same as a comparison of three sides, of one of which nothing was found."""
    groups = (
        CitationGroup("The Keeper's Notebook", (1, 2)),
        CitationGroup("<b>Harbour* dues\x1b[0m", (3,)),
        CitationGroup("the bell of Tarn", ()),
    )
    pairs = (CitationPair(PairKind.AGREE, 1, 3), CitationPair(PairKind.DIFFER, 2, 3))
    return replace(answer, kind=QuestionKind.COMPARISON, groups=groups, pairs=pairs)


def test_sides_stand_under_their_names(answer: Answer, golden: Golden) -> None:
    golden("comparison.txt", to_text(compared(answer), switch="--as fact"))
    golden("comparison.md", to_markdown(compared(answer)))
    golden("comparison.json", to_json(compared(answer)))
    golden("comparison.html", to_html(compared(answer), switch=" <button>as a fact</button>"))


def test_that_nothing_clearly_agrees_is_said_of_documents_alone(answer: Answer) -> None:
    titles = [c.document.title for c in answer.citations]
    groups = (CitationGroup(titles[0], (1, 2)), CitationGroup(titles[2], (3,)))
    apart = replace(compared(answer), pairs=(), groups=groups)
    assert "No two of these clearly agree or differ." in to_text(apart)
    mixed = replace(apart, groups=(CitationGroup("One", (1, 2)), CitationGroup("Other", (3,))))
    assert "No two of these" not in to_text(mixed)


def test_camps_stand_under_what_they_say(answer: Answer, golden: Golden) -> None:
    groups = (
        CitationGroup("Says yes", (1,)),
        CitationGroup("Says no", ()),
        CitationGroup("Also about this", (2, 3)),
    )
    camps = replace(answer, kind=QuestionKind.VIEWPOINTS, groups=groups)
    golden("viewpoints.txt", to_text(camps, switch="--as fact"))
    golden("viewpoints.md", to_markdown(camps))
    golden("viewpoints.json", to_json(camps))
    golden("viewpoints.html", to_html(camps, switch=" <button>as a fact</button>"))


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        ({}, "All 3 rows of projects.csv that hold “Mei”."),
        ({"words": ()}, "Found 3 rows of projects.csv; there may be more."),
        ({"words": (("Mei", "Anna"), ("open",))}, "that hold “Mei” or “Anna” and “open”;"),
        ({"number": 1200}, "Found 1,200 rows of projects.csv that hold “Mei”; there may be more;"),
        ({"number": 1200}, "the first 3 are shown."),
        ({"number": 1}, "Found 1 row of projects.csv that holds “Mei”; there may be more."),
        (
            {"conditions": (("hours", "over 500"), ("deadline", "without a deadline"))},
            "Found 3 rows of projects.csv that hold “Mei” and match “over 500” by “hours” and "
            "“without a deadline” by “deadline”; there may be more.",
        ),
        (
            {"number": 1, "words": (), "conditions": (("start", "before 2024"),)},
            "Found 1 row of projects.csv that matches “before 2024” by “start”; there may be more.",
        ),
        (
            {"of": Counted.VALUES, "label": "lead"},
            "Found 3 values of “lead” in projects.csv in rows that hold “Mei”;",
        ),
        (
            {"of": Counted.QUOTATIONS, "source": "", "words": ()},
            "Found 3 quotations; there may be more.",
        ),
    ],
)
@pytest.mark.parametrize("show", [to_text, to_markdown, to_html])
def test_how_many_were_found_is_said(show: Show, tally: dict[str, object], said: str) -> None:
    assert said in plain(show(count_answer(**tally)))


def test_one_that_is_all_is_the_only_one() -> None:
    only = replace(count_answer(number=1), complete=True)
    assert "The only row of projects.csv that holds “Mei”." in to_text(only)


def test_of_a_fact_nothing_is_said_of_its_kind(answer: Answer) -> None:
    assert "Read as" not in to_text(answer, switch="--as fact")


def test_all_members_are_kept_and_ten_are_shown_at_first() -> None:
    shown = to_text(list_answer())
    assert all(step in shown for step in STEPS[:10])
    assert not any(step in shown for step in STEPS[10:])
    assert "… and 4 more [1]" in shown
    tokens = MarkdownIt().parse(to_markdown(list_answer()))
    assert [t.type for t in tokens].count("list_item_open") == 14
    page = Page(to_html(list_answer()))
    assert page.tags.count("li") == 14
    assert page.tags.count("details") == 1
    (cited,) = list_answer().citations
    (again,) = Answer.from_dict(list_answer().to_dict(), [cited.document]).citations
    assert (again.quote, again.members) == (cited.quote, cited.members)


@pytest.mark.parametrize("width", [None, 20, 24, 31, 80])
@pytest.mark.parametrize("words", ["lamp 1 of the pier", "Turn lamp 3", "burns", "pier of Tarn"])
def test_emphasis_in_a_wrapped_list_changes_no_word(width: int | None, words: str) -> None:
    answer = list_answer(words)
    plain, painted = (to_text(answer, width=width, color=color) for color in (False, True))
    assert re.sub(r"\x1b\[\d*m", "", painted) == plain
    bold = re.findall(r"\x1b\[1m(.*?)\x1b\[0m", painted, re.S)
    assert " ".join(words.split()) in [" ".join(b.split()) for b in bold]


def test_an_abstention_with_nothing_to_show() -> None:
    nothing = Answer("?", (), (), 0.0)
    assert to_text(nothing) == to_markdown(nothing) == "I found no sentence that answers this."
    assert Page(to_html(nothing)).words == "I found no sentence that answers this."


@pytest.mark.parametrize("show", [to_text, to_markdown, to_html])
def test_what_was_asked_and_what_is_older_is_said(show: Show, answer: Answer) -> None:
    first, *others = answer.citations
    older = replace(first, older=Older("2019", "2023", "b<i>.txt"))
    shown = plain(show(replace(answer, citations=(older, *others), asked_of=("a.txt", "b.txt"))))
    assert "Asked of: a.txt, b.txt" in shown
    assert "older: 2019; b<i>.txt is of 2023" in shown
    fell_back = plain(show(replace(answer, not_in=("a.txt", "b", "c", "d", "e"))))
    assert "Not answered in a.txt, b, c and 2 more; all were asked." in fell_back
    assert "older" not in plain(show(answer))
    assert "Asked of" not in plain(show(answer))


def plain(shown: str) -> str:
    """What a person reads of it, in one line."""
    bare = re.sub(r"<[^<>]*>", "", shown) if shown.startswith("<") else shown.replace("\\", "")
    return " ".join(html.unescape(bare).split())


def test_on_a_terminal(answer: Answer, golden: Golden) -> None:
    shown = to_text(answer, color=True, width=40)
    golden("answer-40-columns.txt", shown.replace("\x1b", "␛"))
    plain = re.sub(r"\x1b\[\d+m", "", shown)
    assert plain == to_text(answer, width=40)
    assert all(len(line) <= 40 for line in plain.splitlines())


def test_json_reads_back(answer: Answer, lighthouse: Document, harbour: Document) -> None:
    read = Answer.from_dict(json.loads(to_json(answer)), [lighthouse, harbour])
    assert read == answer


@HOSTILE_ANSWERS
def test_json_holds_the_same_strings_and_nothing_a_terminal_acts_on(hostile: Answer) -> None:
    shown = to_json(hostile)
    assert json.loads(shown) == json.loads(json.dumps(hostile.to_dict()))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)


def test_json_with_a_file_name_that_is_no_utf8(lighthouse: Document) -> None:
    named = Document(lighthouse.id, lighthouse.text, "t", "caf\udce9.txt", {})
    shown = to_json(Answer("q", (cite(named, "The lamp", 1),), (), 1.0))
    assert json.loads(shown.encode())["citations"][0]["source"] == "caf\udce9.txt"


@HOSTILE_ANSWERS
def test_no_escape_sequence_reaches_a_terminal(hostile: Answer) -> None:
    shown = to_text(hostile, width=60)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert "␛]0;owned␇" in shown
    assert "<U+009B>31m" in shown
    assert "<U+202E>gnp.exe<U+202C>" in shown
    assert "␊.txt:" in shown  # a file name cannot begin a line of its own


@given(st.text())
def test_visible_text_has_nothing_hidden(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert not re.search("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", shown)
    assert visible(shown) == shown


@given(citations(), st.integers(20, 60))
def test_emphasis_changes_no_word(cited: Citation, width: int) -> None:
    said = Answer("q", (cited,), (), 1.0)
    plain = Answer("q", (replace(cited, emphasis=()),), (), 1.0)
    shown = to_html(said)
    assert re.sub("</?strong>", "", shown) == to_html(plain)
    assert "<strong></strong>" not in shown
    coloured = to_text(said, color=True, width=width)
    assert re.sub("\x1b\\[[0-9]+m", "", coloured) == to_text(plain, width=width)


def test_the_words_that_answer_stand_out(lighthouse: Document) -> None:
    words = "It burned colza oil until 1874,\nwhen the Board sent paraffin."
    emphasis = (span_of(lighthouse, "colza oil"), span_of(lighthouse, "1874,\nwhen the Board"))
    cited = replace(cite(lighthouse, words, 1), emphasis=emphasis)
    said = Answer("q", (cited,), (), 1.0)
    assert "<strong>colza oil</strong> until <strong>1874, when the Board</strong>" in to_html(said)
    assert "\x1b[1mcolza oil\x1b[0m until" in to_text(said, color=True)
    assert to_text(said) == to_text(Answer("q", (replace(cited, emphasis=()),), (), 1.0))


@HOSTILE_ANSWERS
def test_markdown_shows_hostile_text_as_it_stands(hostile: Answer) -> None:
    shown = to_markdown(hostile)
    rendered = MarkdownIt("commonmark", {"html": True}).enable("strikethrough").render(shown)
    page = Page(rendered)
    assert set(page.tags) <= {"p", "blockquote", "strong", "code"}
    words = visible(" ".join(HOSTILE.split()))
    assert " ".join(page.words.split()).count(words) >= 5


@pytest.mark.parametrize(
    "start", ["#", "-", "+", "1.", "2)", "=", ">", "    ", "***", "---", "~~~"]
)
def test_a_quotation_cannot_begin_a_markdown_block(start: str) -> None:
    document = load_text(f"{start} words".encode(), "a.txt")
    shown = to_markdown(
        Answer("q", (Citation(document, 0, len(document.text), None, 1, 1),), (), 1)
    )
    page = Page(MarkdownIt("commonmark", {"html": True}).render(shown))
    assert set(page.tags) == {"p", "blockquote", "strong", "code"}
    assert f"{start} words".strip() in page.words


@HOSTILE_ANSWERS
def test_hostile_text_is_inert_in_html(hostile: Answer) -> None:
    shown = to_html(hostile)
    page = Page(shown)
    assert not re.search(r"[`{}$\\]", shown)
    assert not {"img", "script"} & set(page.tags)
    assert {name for attributes in page.attributes for name in attributes} <= {
        "class",
        "dir",
        "href",
        "role",
        "data-number",
        "data-document",
        "aria-label",
    }
    assert page.words.count("${document.title='x'} {{this}} `tick` \"a\" 'b' &amp;") >= 4
    assert not page.open


def test_html_links_carry_number_and_document(answer: Answer, harbour: Document) -> None:
    links = [a for a in Page(to_html(answer)).attributes if a.get("class") == "cite"]
    assert [a["data-number"] for a in links] == ["1", "2", "3"]
    assert links[2]["data-document"] == harbour.id


@given(st.text())
def test_escape_keeps_the_words_and_no_sign(text: str) -> None:
    shown = escape(text)
    assert not re.search(r"[<>\"'`{}$\\]|&(?!#\d+;)", shown)
    assert html.unescape(shown) == visible(text, keep="\n\t")


def test_document_marks_what_was_cited(answer: Answer, lighthouse: Document) -> None:
    shown = document_html(lighthouse, answer.citations, active=2)
    page = Page(shown)
    assert page.words == lighthouse.text
    assert page.attributes == [
        {"id": "cite-1", "data-number": "1"},
        {"id": "cite-2", "data-number": "2", "class": "active"},
    ]
    assert re.findall("<mark[^>]*>([^<]*)</mark>", shown) == [
        escape(c.quote) for c in answer.citations[:2]
    ]


def test_neighbouring_and_overlapping_quotations(harbour: Document) -> None:
    first = cite(harbour, "A brig paid 12 shillings & 6 pence.", 1)
    second = cite(harbour, "6 pence. Coal", 2)
    third = cite(harbour, " ships", 3)
    page = Page(document_html(harbour, [first, second, third], active=1))
    assert page.words == harbour.text
    assert page.attributes == [
        {"id": "cite-1", "data-number": "1", "class": "active"},
        {"id": "cite-2", "data-number": "1 2", "class": "active"},
        {"data-number": "2"},
        {"id": "cite-3", "data-number": "3"},
    ]


@given(st.data())
def test_any_quotations_leave_the_document_whole(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab<&\n$"), min_size=1, max_size=30))
    document = Document(text_id(text), text, "t", "t.txt", {})
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda span: span[0] < span[1]
    )
    spans = data.draw(st.lists(places, max_size=5))
    cited = [Citation(document, *span, None, 1, n) for n, span in enumerate(spans, 1)]
    page = Page(document_html(document, cited))
    assert page.words == text
    assert not page.open
    ids = [name for a in page.attributes if (name := a.get("id"))]
    assert sorted(ids) == sorted(f"cite-{c.number}" for c in cited)


def test_pages_are_named_where_they_begin_and_add_no_words() -> None:
    text = "The eel is a fish. It swims.\n\nIt is long."
    document = Document(
        text_id(text),
        text,
        "Eels",
        "eels.pdf",
        pages=(types.Page(0, "p. 1"), types.Page(30, 'p. "<2>"')),
    )
    cited = Citation(document, 19, 41, None, 1.0, 1)
    assert (cited.page, cited.place) == ("p. 1", "eels.pdf, p. 1")
    shown = document_html(document, [cited])
    assert re.sub("<[^>]*>", "", shown) == text
    assert re.findall('<i class="folio" data-page="([^"]*)"></i>(.)', shown) == [
        ("p. 1", "T"),
        ("p. &#34;&#60;2&#62;&#34;", "<"),
    ]


def test_quotations_of_other_documents_are_not_marked(
    lighthouse: Document, harbour: Document
) -> None:
    cited = cite(harbour, "Coal", 1)
    assert Page(document_html(lighthouse, [cited])).tags == []


def test_a_hostile_document_is_inert() -> None:
    text = f"\r\n{HOSTILE}\r\n"
    document = Document(text_id(text), text, "t", "t.txt", {})
    span = span_of(document, HOSTILE)
    shown = document_html(document, [Citation(document, *span, None, 1, 1)], active=1)
    assert not re.search(r"[`{}$\\\r\x1b]", shown)
    assert Page(shown).tags == ["mark"]
    assert Page(shown).words == f"\n{visible(HOSTILE)}\n"


def test_quotations_stand_in_their_order_when_sources_alternate() -> None:
    """Two that nearly say the same are neighbours, and each has its source's title above it."""
    one, other = (load_text(f"{w} is so. {w} is not so.".encode(), f"{w}.txt") for w in "AB")
    found = cite(one, "A is so.", 1), cite(other, "B is so.", 2), cite(one, "A is not so.", 3)
    page = to_html(Answer("?", found, (), 0.9))
    assert re.findall(r'data-number="(\d)"', page) == ["1", "2", "3"]
    assert page.count('<section class="source">') == 3

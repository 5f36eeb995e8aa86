"""HTML: what a reader sees of a page, and nothing of its frame."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from index.errors import UnreadableDocument
from index.load import html
from index.load.formats import Parsed
from index.load.loading import load_file
from index.types import Document

FORMATS = Path(__file__).parents[2] / "formats"
PAGES = [*FORMATS.glob("*.html"), *FORMATS.glob("*.htm")]
WORDS = "The ferry crosses the bay four times a day, and in winter it does not run at all."


def load(page: str | bytes, name: str = "page.html") -> Document:
    data = page.encode() if isinstance(page, str) else page
    return load_file(data, name).documents[0]


def shown(page: str) -> list[str]:
    """The blocks of a page: what stands before the words in brackets, the kind by its initial."""
    document = load(page)
    return [
        f"{b.kind.value[0]}{b.level or ''} "
        + f"[{document.text[b.start : b.body]}]" * (b.body > b.start)
        + document.text[b.body : b.end]
        for b in document.blocks
    ]


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        ("no tag at all", ["p no tag at all"]),
        ("<p>one<p>two", ["p one", "p two"]),
        ("<h2>A <em>b</em><a href='#x'>¶</a></h2><p>c", ["h2 A b", "p c"]),
        ("<h2><div>A</div><div>b</div></h2>", ["h2 A b"]),
        ("<p>one<br>two", ["p one", "p two"]),
        (f"<p>{WORDS.replace(', ', ',<br>')}", [f"p {WORDS}"]),
        ("<p>one<br><br>two<br>\n<br>three", ["p one", "p two", "p three"]),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>d", ["i [- ]a", "i [- ]b", "p c", "p d"]),
        ("<ol start=3><li>a<li>b<ul><li>c</ul></ol>", ["i [3. ]a", "i [4. ]b", "i [- ]c"]),
        ("<ol type=a><li>a<li>b</ol>", ["i [a. ]a", "i [b. ]b"]),
        ("<ol type=I start=4><li>a<li>b</ol>", ["i [IV. ]a", "i [V. ]b"]),
        ("<ol type=a start=27><li>a<li>b</ol>", ["i [aa. ]a", "i [ab. ]b"]),
        ("<ol type=I start=49><li>a</ol>", ["i [XLIX. ]a"]),
        ("<ol reversed><li>a</ol>", ["i [- ]a"]),
        ("<p>(1) Boats are let by the hour.", ["i [(1) ]Boats are let by the hour."]),
        ("<blockquote><p>a<blockquote>b", ["p [> ]a", "p [> > ]b"]),
        ("<pre>\nif x:\n\ty = 1<br>z</pre>", ["r if x:", "r y = 1", "r z"]),
        ("<pre><div>a</div><div>b<div></pre>", ["r a", "r b"]),
        ("<dl><dt>Head<dd>A height.<dd>A top.</dl>", ["p Head: A height.", "p Head: A top."]),
        ("<dl><dt>a<dt>b<dd>c</dl>", ["p a, b: c"]),
        ("<dl><dt>Why?<dd>Because.</dl>", ["p Why? Because."]),
        ("<dl><dt>Crew<dd><ul><li>Ida</ul></dl>", ["p Crew", "i [- ]Ida"]),
        ("<dl><dt>Code<dd><pre>x</pre></dl>e", ["p Code", "r x", "p e"]),
        ("<dl><dt>alone</dl><p>e", ["p alone", "p e"]),
        ("<dl><dt>empty<dd></dl><p>e", ["p empty", "p e"]),
        (f"<dl><dt>{WORDS}<dd>e</dl>", [f"p {WORDS}", "p e"]),
        ("<dl><dt><h3>A term</h3><dd>c</dl>", ["h3 A term", "p c"]),
        ("10<sup>6</sup> H<sub>2</sub>O", ["p 10⁶ H₂O"]),
        ("10<sup>1.5</sup>, 1<sup>st</sup>, x<sup>−1</sup>", ["p 10^1.5, 1st, x⁻¹"]),
        ("2<sup>n+1</sup> H<sub>2(g)</sub>", ["p 2ⁿ⁺¹ H₂₍g₎"]),
        ("Run.<sup><a href=#n>2</a></sup> Hide.", ["p Run.[2] Hide."]),
        ("Run.<a href=#n><sup>2</sup></a> Hide.", ["p Run.[2] Hide."]),
        ("<pre>x<sup>2</sup></pre>", ["r x2"]),
        ("<pre><code>x = 1</code></pre>", ["c x = 1"]),
        ("<pre>open(gate);\nclose(gate);</pre>", ["c open(gate);", "c close(gate);"]),
        ("He said <q>no</q>.", ["p He said “no”."]),
        ("日本<ruby>語<rp>(</rp><rt>ご</rt></ruby>", ["p 日本語"]),
        ("<h3><button>When?</button></h3>Now. <button>Share</button>", ["h3 When?", "p Now."]),
        ("<h3>When?<button>Copy</button></h3>Now.", ["h3 When?", "p Now."]),
        ("<p>a<img alt=no><svg><text>no</text></svg><input value=no>b", ["p ab"]),
        ("<p hidden>no<p style='display : none'>no<p>yes", ["p yes"]),
        ("<div aria-hidden=true>folded</div><i aria-hidden=true>no</i>", ["p folded"]),
        (
            "<body><template><p>no</template><noscript>no</noscript><dialog>no</dialog>yes",
            ["p yes"],
        ),
        ("<p>\u200b</p><p>a", ["p a"]),
    ],
)
def test_what_is_seen_of_a_page(page: str, blocks: list[str]) -> None:
    assert shown(page) == blocks


@pytest.mark.parametrize(
    ("table", "blocks"),
    [
        ("<tr><th>Town<th>Boats<tr><td>Brell<td>7", ["r Town: Brell; Boats: 7"]),
        ("<tr><th>Town<td>Brell<tr><th>Boats<td>7", ["r Town: Brell", "r Boats: 7"]),
        ("<caption>Boats</caption><tr><td>a<td>1", ["p Boats", "r a: 1"]),
        (
            "<thead><tr><td>x<td>y<tbody><tr><td>a<td>b<tr><td>c<td>d",
            ["r x: a; y: b", "r x: c; y: d"],
        ),
        (
            "<thead><tr><td>Group<td>Part<tbody><tr><td rowspan=2>g<td>x<tr><td>y",
            ["r Group: g; Part: x", "r Group: g; Part: y"],
        ),
        (
            "<thead><tr><td><h1>a</h1><tbody><tr><td><p>b<h2>c</h2><p>d",
            ["h1 a", "p b", "h2 c", "p d"],
        ),
        (
            "<thead><tr><td>a<td><h1>b</h1><tbody><tr><td>c<td><p>d",
            ["p a", "h1 b", "p c", "p d"],
        ),
        ("<thead><tr><td>a<tbody><tr><td><p>b<p>c", ["p a", "p b", "p c"]),
        ("<tr><td rowspan=2>g<td>x<td>1<tr><td>y<td>2", ["r g; x; 1", "r g; y; 2"]),
        ("<tr><td rowspan=2>menu<td>a<tr><td>b<td>c", ["p menu", "p a", "p b", "p c"]),
        ("<tr><td><table><tr><td>a<td>b</table><td><p>c", ["p a", "p b", "p c"]),
        ("<tr><td><h2>a</h2><td>b<tr><td>c<td>d", ["h2 a", "p b", "p c", "p d"]),
        ("<tr><td>menu<td>text", ["p menu", "p text"]),
        (f"<tr><td>a<td>b<tr><td>c<td>{WORDS * 5}", ["p a", "p b", "p c", f"p {WORDS * 5}"]),
        ("<tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td>z", ["r a: - x - y; b: z"]),
    ],
)
def test_a_table_is_rows_unless_it_lays_out_the_page(table: str, blocks: list[str]) -> None:
    assert shown(f"<table>{table}</table>") == blocks


def test_a_table_for_presentation_lays_out_the_page() -> None:
    assert shown("<table role=presentation><tr><th>a<th>b<tr><td>c<td>d</table>") == [
        "p a",
        "p b",
        "p c",
        "p d",
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<nav>Menu</nav><header>Site</header><main>{}</main><footer>Imprint</footer>",
        "<div role=navigation>Menu</div><div role=main>{}</div>",
        "<header><a>Site</a></header><article>{}</article><aside>Most read</aside>",
        "<main><article>{}</article><aside>Most read</aside></main>",
        "<main>{}<aside><a href=a>Other ferries</a> <a href=b>Boats</a></aside></main>",
        "<div id=sidebar><a href=a>Other ferries</a></div><div>{}</div>",
        "<div class='main-nav'><a href=a>Other ferries</a></div><div>{}</div>",
        "<header><nav>Menu</nav></header><div>{}</div><footer>Imprint</footer>",
    ],
)
def test_the_frame_of_a_page_is_left_out(page: str) -> None:
    assert load(page.format(f"<p>{WORDS}")).text == WORDS


@pytest.mark.parametrize(
    "page",
    [
        "<main><p>Nothing here.</main><div>{0}{0}{0}</div>",  # a main part without the text
        "<article>Short.</article><article>{0}</article><article>{0}{0}</article>",
        "<article>{0}<aside>A note to the text.</aside><footer>{0}</footer></article>",
        "<main>{0}<aside>A note to the text.</aside></main>",
        "<div class=nav-page><a href=a>{0}</a><a href=b>{0}</a></div>",  # an index
        "<div class=sidebar>{0}</div>",  # a box of text, not of links
        "<section><header><h2>Ferry</h2></header>{0}<footer>{0}</footer></section>",
        "<form action=x><label>{0}</label></form>",
    ],
)
def test_no_text_is_taken_for_the_frame(page: str) -> None:
    assert load(page.format(f"<p>{WORDS}")).text.count(WORDS) == page.count("{0}")


def test_a_header_with_the_title_is_kept_without_its_menu() -> None:
    page = f"<header><nav>Menu</nav><h1>The ferry</h1></header><p>{WORDS}"
    assert shown(page) == ["h1 The ferry", f"p {WORDS}"]


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("<title>Ferry times | Bay Line</title>{}", "h1 Ferry times | Bay Line"),
        ("<title>Ferry times | Bay Line</title><h1>Welcome</h1>{}", "h1 Welcome"),
        ("<title>Ferry times | Bay Line</title><h2>Ferry times</h2>{}", "h2 Ferry times"),
        (
            "<title>Ferry times | Bay Line</title><header><h1>Ferry times</h1></header>"
            "<main>{}</main>",
            "h1 Ferry times",
        ),
        ("<title>The ferry book</title><h1>Boats</h1>{}<h1>Times</h1>", "h1 The ferry book"),
        ("<title>Untitled</title>{}", f"p {WORDS}"),
        ("<title>Document</title>{}", f"p {WORDS}"),
    ],
)
def test_the_title_stands_first_unless_a_heading_says_it(page: str, first: str) -> None:
    assert shown(page.format(f"<p>{WORDS}"))[0] == first


def meta(head: str, body: str = WORDS) -> dict[str, str]:
    found = load(f"<html lang=pt-BR><head>{head}</head><body><article><p>{body}")
    return {k: v for k, v in found.meta.items() if k not in ("sha256", "loader", "language")}


LINKED = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("<meta name=Author content='Ida Holm'>", {"author": "Ida Holm"}),
        ("<meta name=author content=admin>", {}),
        ("<meta property=article:author content=https://x.example/ida>", {}),
        ("<meta property=og:site_name content='Bay Line'>", {"publisher": "Bay Line"}),
        ("<meta name=date content=2021-02-30>", {}),
        ("<meta name=date content='3 May 2021'>", {"date": "2021-05-03"}),
        ("<meta name=date content='May, or so'>", {}),
        (
            "<meta property=article:published_time content=2021-05-03T10:00:00Z>",
            {"date": "2021-05-03"},
        ),
        (
            LINKED.format(
                '{"@graph": [{"@type": "WebSite"}, {"datePublished": "2020-01-02", "author": '
                '[{"name": "Ida Holm"}, "Per Lund"], "publisher": {"name": "Bay Line"}}]}'
            ),
            {"author": "Ida Holm, Per Lund", "publisher": "Bay Line", "date": "2020-01-02"},
        ),
        (LINKED.format("[" * 100_000), {}),
        (LINKED.format('[1, "a", {"author": 7, "datePublished": {}}]'), {}),
    ],
)
def test_what_a_page_says_of_itself(head: str, said: dict[str, str]) -> None:
    assert meta(head) == said


def test_a_time_is_the_pages_date_only_at_its_head() -> None:
    time = "<time datetime=2022-03-04>4 March</time>"
    assert meta("", f"By Ida Holm, {time}<p>{WORDS}") == {"date": "2022-03-04"}
    assert meta("", f"{WORDS} {WORDS} {time}") == {}
    (said,) = html.read(f"<html lang=pt-BR><p>{WORDS}".encode(), "a.html", {})
    assert isinstance(said, Parsed)
    assert said.meta["language"] == "pt"  # the text, which is English, has the last word


@pytest.mark.parametrize(
    "page",
    [
        b"<meta charset=windows-1251><p>%s",
        b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>%s',
        b'<?xml version="1.0" encoding="windows-1251"?><html><p>%s',
    ],
)
def test_a_page_declares_its_encoding(page: bytes) -> None:
    assert load(page % "Лёд".encode("cp1251")).text == "Лёд"
    assert load(page % "Лёд".encode()).text == "Лёд"  # no page is UTF-8 by accident


def test_a_byte_order_mark_goes_before_what_is_declared() -> None:
    page = "<meta charset=windows-1251><p>Лёд"
    assert load(page.encode("utf-16")).text == "Лёд"


def test_xhtml_closes_elements_in_their_own_tag() -> None:
    page = '<html xmlns="x"><head><title/><script src="a"/></head><body><p><a id="b"/>A <i/>b</p>'
    assert load(page, "a.xhtml").text == "A b"
    assert load("<a href=http://x.example/>A</a> b").text == "A b"  # the slash is the address's


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<div>" * 100_000 + "deep", "deep"),
        ("<b>" * 50_000 + "<div>" * 50_000 + "deep", "deep"),
        ("<ul><li>" * 50_000 + "deep", "- deep"),
        ("<table><tr><td>" * 20_000 + "deep", "deep"),
        ("<div/>" * 100_000 + "deep", "deep"),
        ("<p " + " ".join(f"a{i}" for i in range(50_000)) + ">wide", "wide"),
        ("<p>a<!--" + "x" * 5_000_000, "a"),
        ("<p>a" + "<!--" * 200_000, "a"),
        ('<p title="a' * 100_000 + '">b', "b"),
        ("<p>a\x00b and some more words, so that one NUL is an accident", None),
        ("<frameset><frame src=a><noframes><p>Use a browser.</noframes></frameset>", None),
    ],
)
def test_a_page_that_is_hard_to_parse_is_read(page: str, text: str | None) -> None:
    assert load(page).text == (text or load(page.replace("\x00", "")).text)


def test_what_stands_too_deep_keeps_its_words_apart() -> None:
    assert load("<div>a" * 1_100).text.split() == ["a"] * 1_100


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("", "there is no text in it; if a script writes it, save the page as the browser shows"),
        ("<div id=app></div><script>draw()</script>", "there is no text in it; if a script"),
        ("<frameset><frame src=a></frameset>", "it only shows other pages; add those"),
        ("\x00\x01\x02" * 50, "this is binary data"),
        ("<p>***</p>", "there is no text in it"),
    ],
)
def test_a_page_without_text_is_refused_by_name(page: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"^site/page\.html: " + why):
        load(page, "site/page.html")


NAMES = st.sampled_from(
    ("p", "div", "table", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "pre", "h1", "a",
     "br", "sup", "q", "main", "article", "aside", "nav", "header", "title", "script", "button",
     "blockquote", "svg", "math", "frameset", "noframes", "select", "caption", "template", "!--")
)  # fmt: skip
TAGS = st.builds("<{}{}>".format, st.sampled_from(["", "", "/"]), NAMES)


@given(st.lists(TAGS | st.text(max_size=5)).map("".join))
def test_any_tags_are_read_or_refused(page: str) -> None:
    try:
        document = load(page.encode("utf-8", "replace"))
    except UnreadableDocument:
        return
    at = 0
    for block in document.blocks:
        assert not document.text[at : block.start].strip()
        at = block.end
    assert not document.text[at:].strip()


@pytest.mark.slow
@given(st.sampled_from(PAGES), st.integers(0), st.integers(0, 255))
def test_a_damaged_page_is_read_or_refused(page: Path, place: int, byte: int) -> None:
    data = bytearray(page.read_bytes())
    data[place % len(data)] = byte
    for damaged in (bytes(data), bytes(data[: place % len(data)])):
        try:
            assert load(damaged).text
        except UnreadableDocument:
            continue

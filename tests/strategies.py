"""Hypothesis strategies: texts as people and machines really write them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from index.load.loading import load_text
from index.search.mentions import Mention, Where
from index.types import Document, Span
from rag.answers import Answer
from rag.citations import Citation

# NUL means binary data to the loader, and a lone surrogate has no bytes
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
WORDS = (  # noqa: SIM905
    "harbour the dredger of eel a counted 1,204 in NATO Dr. Smith e.g. U.S. said “quite” it's ﬁle "
    "über Straße 東京 المدينة שלום 😀 👩‍👩‍👧 e\u0301 \u200f \u200b soft\u00adhyphen ﷺ 한국어 "
    "<b>bold</b> &amp; [link](http://x.y/z) `code` **strong** $5.00 3.14 v2.0.1 a.b@c.de http://x.y/z?q=1"
).split()
LINES = (
    "Loading comments...",
    "Want to join the conversation?",
    "Share",
    "Home | News | Sport | Weather",
    "By Jane Doe",
    "JD",
    "Jane Doe",
    "May 29, 2026",
    "The Harbour Report | Example News",
    "# A heading",
    "Another Heading",
    "## Closed heading ##",
    "Set-ext heading\n===",
    "- first item",
    "* second item",
    "• third item",
    "•tight item",
    "1. numbered",
    "3. A Section",
    "Yearly Report    Page 7",
    "Berth      12   1200\nQuay        7    900\nTotal           2100",
    "0010: 28cf 2fca 4901 0085 114a 0d0b 0000 0043  (./.I....J.....C",
    "lock.open(3);\nlock.close();",
    "2) numbered too",
    "(a) lettered",
    "    indented code",
    "> quoted line",
    "> - quoted item",
    "- [ ] a task",
    "-",
    "1.",
    "---",
    "***",
    "```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "<div class='x'>",
    "<script>alert('x')</script>",
    "<!-- a comment -->",
    "[ref]: http://x.y/z 'title'",
    "The list has these parts:",
    "It leans on the one before. So does this one!",
    "---\ntitle: x\n---",
)
BREAKS = st.sampled_from(
    ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n \n", "\u2028", "\x0b", "\x0c", " ", "\t"]
)
SENTENCES = st.builds(
    lambda words, end: " ".join(words) + end,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=25),
    st.sampled_from([".", "?", "!", "", "...", ".”", ":", "。"]),
)


def texts() -> st.SearchStrategy[str]:
    """Texts with a word in them: made of likely lines, or of any characters at all."""
    line = st.one_of(st.sampled_from(LINES), SENTENCES, st.text(CHARACTERS, max_size=40))
    composed = st.lists(st.tuples(line, BREAKS), min_size=1, max_size=14).map(
        lambda parts: "".join(line + end for line, end in parts)
    )
    return st.one_of(composed, st.text(CHARACTERS, min_size=1, max_size=200)).filter(
        lambda text: any(c.isalnum() for c in text)
    )


def documents() -> st.SearchStrategy[Document]:
    """Loaded documents, plain text and Markdown."""
    return st.builds(
        lambda text, suffix: load_text(text.encode(), f"made{suffix}"),
        texts(),
        st.sampled_from([".txt", ".md"]),
    )


def spans(document: Document) -> st.SearchStrategy[Span]:
    """Spans that lie in the document."""
    ends = st.tuples(st.integers(0, len(document.text)), st.integers(0, len(document.text)))
    return ends.filter(lambda pair: pair[0] != pair[1]).map(lambda pair: Span(*sorted(pair)))


def emphases(start: int, end: int) -> st.SearchStrategy[tuple[Span, ...]]:
    """Spans between two offsets, one after another."""
    edges = st.lists(st.integers(start, end), max_size=6, unique=True).map(sorted)
    return edges.map(lambda e: tuple(map(Span, e[::2], e[1::2])))


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """A citation of a loaded document, with or without its context and parts."""
    made = draw(documents())
    start, end = draw(spans(made))
    return Citation(
        document=made,
        start=start,
        end=end,
        context=draw(st.none() | spans(made)),
        score=draw(st.floats(-20, 20).map(lambda x: round(x, 6))),
        number=1,
        headings=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2))),
        sentences=tuple(draw(st.lists(spans(made), max_size=2))),
        emphasis=draw(emphases(start, end)),
        also=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2))),
    )


A_WORD = st.sampled_from(WORDS)
MENTIONS = st.builds(Mention, A_WORD, A_WORD, st.sampled_from(Where), st.integers(0, 9))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer, or an abstention with what came closest."""
    # one text is one document, whatever its names: the loader sees to that
    found = draw(st.lists(citations(), max_size=3, unique_by=lambda c: c.document.id))
    cited = tuple(replace(c, number=n) for n, c in enumerate(found, 1))
    return Answer(
        question=draw(SENTENCES),
        citations=cited,
        hits=(),
        confidence=draw(st.floats(0, 1)),
        closest=() if cited else (draw(citations()),),
        unknown=tuple(draw(st.lists(st.sampled_from(WORDS), max_size=2))),
        unquoted=tuple(draw(st.lists(MENTIONS, max_size=2))),
    )

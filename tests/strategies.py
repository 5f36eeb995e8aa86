"""Hypothesis strategies: texts as people and machines really write them."""

from __future__ import annotations

from hypothesis import strategies as st

from index.load import load_text
from index.types import Document

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

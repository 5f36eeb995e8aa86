"""The cleaned copy of a sentence that embedding and BM25 see; what is quoted is never cleaned."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # zero-width and bidirectional marks, the soft hyphen and NUL carry no word
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\x00", ""),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", ""),
    }
)
# the bounds keep a text of a million opening marks from taking hours
_LINK = re.compile(r"!?\[([^\][]*)\](?:\([^()\s]*(?:\([^()\s]*\))?[^()]*\)|\[[^\][]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.{0,2000}?-->", re.DOTALL)
_LINE_MARK = re.compile(r"(?m)^[ \t]*(?:>[ \t]*)+|^[ \t]*#{1,6}[ \t]+")
_EMPHASIS = re.compile(r"(?<!\w)([*_~]{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)", re.DOTALL)
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """`text` with markup off, NFKC, plain quotes and hyphens, and single spaces."""
    text = _LINE_MARK.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates: tokenizers refuse them
    return _SPACE.sub(" ", text).strip()

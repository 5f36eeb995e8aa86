"""The cleaned copy of a sentence that embedding and BM25 see; what is quoted is never cleaned."""

from __future__ import annotations

import re
import unicodedata

from index.language.hyphens import join_parted

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´‹›❛❜", "'"),
        **dict.fromkeys("“”„‟″«»❝❞〝〞〟", '"'),
        **dict.fromkeys("‐‑‒–—―−⸺⸻־", "-"),
        # zero-width and bidirectional marks, the soft hyphen and NUL carry no word
        **dict.fromkeys(
            "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u061c\u180e\u034f\x00", ""
        ),
        **dict.fromkeys(map(chr, (*range(0x202A, 0x202F), *range(0x2061, 0x2070))), ""),
        # nor do annotation marks, and what chooses between two drawings of a character
        **dict.fromkeys(map(chr, (*range(0xFFF9, 0xFFFC), *range(0xFE00, 0xFE10))), ""),
        **dict.fromkeys(map(chr, (*range(0xE0000, 0xE0080), *range(0xE0100, 0xE01F0))), ""),
    }
)
# the bounds keep a text of a million opening marks from taking hours
_LINK = re.compile(r"!?\[([^\][]*)\](?:\([^()\s]*(?:\([^()\s]*\))?[^()]*\)|\[[^\][]*\])")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,300}>|<!--.{0,2000}?-->", re.DOTALL)
_LINE_MARK = re.compile(r"(?m)^[ \t]*(?:>[ \t]*)+|^[ \t]*#{1,6}[ \t]+")
_EMPHASIS = re.compile(r"(?<!\w)([*_~]{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)", re.DOTALL)
# Chinese and Japanese know no space where a line is broken
_BROKEN = re.compile(
    r"(?<=[\u3001-\u30ff\u3400-\u9fff])[ \t]*[\n\r][ \t]*(?=[\u3001-\u30ff\u3400-\u9fff])"
)


# drawn as one or as two: the words are the same. No other character of a text is folded: "10²" is
# not "102", and what is struck out is not what stands there
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_DRAWN = {c: f for c, f in _FOLDED.items() if not 0x202A <= c < 0x202F} | _LIGATURES
_PLAIN_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.{1,500}?)(?<=\S)\1(?!\w)", re.DOTALL)


def worded(text: str, *, unmarked: bool = False) -> str:
    """What is word for word the same in two texts, however they are set.

    White space is one space, a word that a line's end parts is whole, quotation marks and dashes
    are of one kind, and a letter has one spelling in Unicode. Case and all other characters count.
    `unmarked` takes links' addresses and marks of emphasis off as well: of two formats.
    """
    text = join_parted(text)
    if unmarked:
        text = _PLAIN_EMPHASIS.sub(r"\2", _LINK.sub(r"\1", text))
    if text.isascii():
        return " ".join(text.translate(_DRAWN).split())
    text = unicodedata.normalize("NFC", _BROKEN.sub("", text).translate(_DRAWN))
    return " ".join(text.split())


def clean(text: str) -> str:
    """`text` with markup off, NFKC, parted words whole, plain quotes and hyphens, single spaces."""
    if "#" in text or ">" in text:
        text = _LINE_MARK.sub("", text)
    text = join_parted(text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    if text.isascii():
        return " ".join(text.translate(_FOLDED).split())
    text = _BROKEN.sub("", text)
    # before NFKC, which makes a space and an accent of an acute, and after: it makes some of these
    text = unicodedata.normalize("NFKC", text.translate(_FOLDED)).translate(_FOLDED)
    text = text.encode("utf-8", "ignore").decode()  # lone surrogates: tokenizers refuse them
    return " ".join(text.split())

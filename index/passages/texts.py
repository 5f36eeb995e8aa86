"""What embedding and BM25 see of passages and sentences; what is quoted is never this."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from index.language import clean, stems
from index.types import Document, Passage, Sentence

MAX_PREFIX = 240  # characters of title and headings; the last ones say most of a passage


_cleaned = lru_cache(maxsize=1024)(clean)  # titles and headings: of many passages each


def prefix_of(title: str, headings: Sequence[str]) -> str:
    """What goes in front of a passage when it is embedded: title, then the heading path."""
    parts = [_cleaned(title)] if title else []
    parts += [h for h in map(_cleaned, headings) if h and h not in parts]
    prefix = ". ".join(parts)
    if len(prefix) <= MAX_PREFIX:
        return prefix
    tail = prefix[-MAX_PREFIX:]
    return tail.partition(" ")[2] or tail


def passage_text(passage: Passage) -> str:
    """The text that is embedded and that BM25 sees: prefix and cleaned sentences."""
    prefix, sentences = passage_parts(passage)
    return " ".join([prefix, *sentences] if prefix else sentences)


def passage_parts(passage: Passage) -> tuple[str, list[str]]:
    """What stands in front of a passage's sentences ("" for nothing), and each, cleaned."""
    prefix = prefix_of(passage.document.title, passage.headings)
    front = [f"{prefix}."] if prefix else []
    first = passage.sentences[0].lead
    if first is not None:  # the list's introduction stands in an earlier passage
        front.append(clean(passage.document.cut(first)))
    return " ".join(front), [labelled(passage.document, s) for s in passage.sentences]


def sentence_text(document: Document, sentence: Sentence) -> str:
    """The cleaned sentence, with the one that introduces its list in front."""
    own = labelled(document, sentence)
    return f"{clean(document.cut(sentence.lead))} {own}" if sentence.lead else own


def passage_stems(passage: Passage) -> list[str]:
    """The stems of `passage_text`, in the language of the document."""
    return stems(passage_text(passage), passage.document.language)


def sentence_stems(document: Document, sentence: Sentence) -> list[str]:
    """The stems of `sentence_text`, in the language of the document."""
    return stems(sentence_text(document, sentence), document.language)


LABELS = {
    "byline": "Author, written by, who wrote this:",
    "dateline": "Published, date, when this was written:",
}


def labelled(document: Document, sentence: Sentence) -> str:
    """A byline is a mere name: say what it states, and of what, so that "who wrote X" finds it."""
    words = clean(document.cut(sentence.span))
    if sentence.role in LABELS:
        return f"{_cleaned(document.title)}. {LABELS[sentence.role]} {words}"
    return words

"""What embedding and BM25 see of passages and sentences; what is quoted is never this."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from index.language import clean, stems
from index.types import Document, Passage, Sentence

MAX_PREFIX = 240  # characters of title and headings; the last ones say most of a passage


_cleaned = lru_cache(maxsize=1024)(clean)  # titles and headings: of many passages each


def prefix_of(title: str, headings: Sequence[str]) -> str:
    """What goes in front of a passage when it is embedded: title, then the heading path."""
    parts = [_cleaned(title).replace("_", " ")] if title else []
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


def sentence_texts(passage: Passage) -> list[str]:
    """What is embedded of each sentence of a passage: its `sentence_text`.

    A row of a table that is a passage by itself is embedded once, as that passage.
    """
    if [s.role for s in passage.sentences] == ["row"]:
        return [passage_text(passage)]
    return [sentence_text(passage.document, s) for s in passage.sentences]


def labelled(document: Document, sentence: Sentence) -> str:
    """A byline is a mere name: say what it states, and of what, so that "who wrote X" finds it."""
    words, label = clean(document.cut(sentence.span)), _label(document, sentence)
    return f"{label} {words}" if label else words


LABELS = {
    "byline": "Author, written by, who wrote this:",
    "recipients": "Sent to, addressed to, who received this:",
    "dateline": "Published, date, when this was written:",
}


def _label(document: Document, sentence: Sentence) -> str:
    """What stands in front of a byline's words, "" for other sentences."""
    if sentence.role not in LABELS:
        return ""
    return f"{_cleaned(document.title)}. {LABELS[sentence.role]}"


def passage_stems(passage: Passage) -> list[str]:
    """The stems of `passage_text`, in the language of the document, and of its file's path.

    That is searched and never quoted; a word of it counts where the passage does not hold it.
    """
    document = passage.document
    found = stems(passage_text(passage), document.language)
    named = name_stems(document.source, document.language)
    return [*found, *sorted(named.difference(found))]


@lru_cache(maxsize=1024)  # of many passages each
def name_stems(source: str, language: str) -> frozenset[str]:
    """The stems of the words of a file's name and of the folders it is in."""
    path = PurePosixPath(source)
    return frozenset(stems(" ".join((*path.parent.parts, path.stem)), language))


class SentenceStems(NamedTuple):
    """The stems of `sentence_text`: of what stands before the sentence, and of its own words."""

    before: Sequence[str]
    own: Sequence[str]

    @property
    def all(self) -> list[str]:
        """Both, in order."""
        return [*self.before, *self.own]


def sentence_stems(document: Document, sentence: Sentence) -> SentenceStems:
    """The stems of a sentence, in the language of its document."""
    lead = document.cut(sentence.lead) if sentence.lead else ""
    before = f"{lead} {_label(document, sentence)}"
    own = document.cut(sentence.span)
    return SentenceStems(stems(before, document.language), stems(own, document.language))

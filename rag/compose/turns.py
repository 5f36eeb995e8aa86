"""In an interview the answer below a question is quoted, with the question as its context."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import NamedTuple

from index import Document, Passage, Sentence, Span, asks_something, clean
from rag.compose.lists import WholeList
from rag.query import AskedQuestion
from rag.readings import Reading

LONGEST = 5  # sentences of a turn that are quoted
_LABEL_CHARS = 80
_PROMPTS = 4  # that stand one after another, above what answers them
# cosine and share of the question's words, from which a question of the text asks the same
_NEAR, _HELD = 0.7, 0.8
_SURE, _AHEAD = 0.9, 0.01  # how likely what is said to it answers, and its lead in log odds
# a line that only says who speaks, or what of: "Ida Holm: 00:02:35", "Opening hours:"
_LABEL = re.compile(
    r"[^.?!\n]{1,60}(?:[:：]|[ (\[]\d{1,2}:\d\d:\d\d[\])]?|[(\[]\d{1,2}:\d\d[\])])[*_\s]*"
)
_SPEAKER = re.compile(r"[*_]{0,3}[^\W\d_][\w.]*(?: [^\W\d_][\w.]*){0,2}[*_]{0,3} ?[:–-][*_]{0,3}\s")
_ABOUT_QUESTIONS = re.compile(r"(?i)\b(?:questions?|ask(?:s|ed|ing)?|fragen?|fragt\w*|gefragt)\b")

Places = Mapping[tuple[str, Span], WholeList]


class _Turn(NamedTuple):
    """Where an answer begins, its sentences, and what of the text asks for it."""

    passage: Passage
    sentences: tuple[Span, ...]
    prompts: Span


def take_turns(
    question: AskedQuestion,
    readings: Sequence[Reading],
    around: Callable[[Passage], Sequence[Passage]],
) -> tuple[list[Reading], Places]:
    """The readings, best first, where what answers a question of the text stands for it.

    With them the turns that are quoted whole, by document and sentence. A question of the text, or
    a line that only names who speaks, is no answer: the sentence below it takes its score, unless
    something else of that paragraph scores as high by itself; and it comes first where the text
    asks the same. Who asks for questions gets them. `around` gives the passages about one, in
    order, it among them.
    """
    if _ABOUT_QUESTIONS.search(question.text):
        return list(readings), {}
    kept: dict[tuple[str, Span], Reading] = {}
    turns: dict[tuple[str, Span], WholeList] = {}
    prompts: list[tuple[Reading, _Turn]] = []
    for reading in readings:
        turn = _below(reading, around) if _is_prompt(*_said(reading)) else None
        if turn is None:
            kept[_document_id(reading), reading.span] = reading
        else:
            prompts.append((reading, turn))
    best = max((r.score for r in readings), default=0.0) + _AHEAD
    for reading, turn in prompts:
        if _asks_the_same(reading):
            probability = max(_SURE, reading.probability)
            reading = replace(reading, score=best, probability=probability)
        places = [(_document_id(reading), own) for own in turn.sentences]
        if any(place in kept and kept[place].score >= reading.score for place in places):
            continue
        hit = reading.hit
        if turn.passage != hit.passage:
            hit = replace(hit, passage=turn.passage, evidence=None, echoing=None)
        kept[places[0]] = replace(reading, hit=hit, span=turn.sentences[0], words=None)
        quoted = turn.sentences[:LONGEST]
        turns |= dict.fromkeys(places[:LONGEST], WholeList((), quoted, turn.prompts))
    return sorted(kept.values(), key=lambda r: -r.score), turns


def _document_id(reading: Reading) -> str:
    return reading.hit.passage.document.id


def _said(reading: Reading) -> tuple[Document, Sentence]:
    passage = reading.hit.passage
    return passage.document, passage.sentences[passage.place(reading.span)]


def _asks_the_same(reading: Reading) -> bool:
    """Whether a question of the text is the one that was asked, in much the same words."""
    evidence = reading.hit.evidence
    if evidence is None or not asks_something(_words(reading)):
        return False
    at = reading.hit.passage.place(reading.span)
    return evidence.similarity[at] >= _NEAR and evidence.coverage[at] >= _HELD


def _words(reading: Reading) -> str:
    return reading.hit.passage.document.cut(reading.span)


def _is_prompt(document: Document, sentence: Sentence) -> bool:
    words = document.cut(sentence.span)
    if asks_something(words):
        return True
    is_label = len(words) <= _LABEL_CHARS and _LABEL.fullmatch(clean(words)) is not None
    return is_label and _is_line(document, sentence.span)


def _is_line(document: Document, span: Span) -> bool:
    """Whether a sentence begins and ends with its line."""
    line = document.text.rfind("\n", 0, span.start) + 1
    after = document.text[span.end : span.end + 1]
    return after in ("", "\n", "\r") and not document.text[line : span.start].strip("*_# >\t")


def _below(reading: Reading, around: Callable[[Passage], Sequence[Passage]]) -> _Turn | None:
    """What answers a question of the text, or what is said below a label; None for nothing."""
    document = reading.hit.passage.document
    placed = [(s, p) for p in around(reading.hit.passage) for s in p.sentences]
    at = next(i for i, (s, _) in enumerate(placed) if s.span == reading.span)
    asked = list(takewhile(lambda own: _is_prompt(document, own[0]), placed[at : at + _PROMPTS]))
    while at > 0 and len(asked) < _PROMPTS and _is_prompt(document, placed[at - 1][0]):
        at -= 1
        asked.insert(0, placed[at])
    below = placed[at + len(asked) :]
    if not below or below[0][0].role != "body" or _is_prompt(document, below[0][0]):
        return None  # below a list of questions stands no answer to one of them
    turn = [below[0][0].span]
    for own, _ in below[1:]:
        if _begins_another(document, turn[-1], own):
            break
        turn.append(own.span)
    prompts = Span(asked[0][0].start, asked[-1][0].end)
    return _Turn(below[0][1], tuple(turn), prompts)


def _begins_another(document: Document, last: Span, own: Sentence) -> bool:
    """Whether a sentence is of another paragraph, or another speaker's, or asks."""
    gap = document.text[last.end : own.start]
    if gap.strip() or gap.count("\n") > 1 or _is_prompt(document, own):
        return True
    return "\n" in gap and bool(_SPEAKER.match(document.text, own.start, own.end))

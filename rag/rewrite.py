"""A follow-up as a person would say it in full.

A fragment ("and in Colorado?") takes the place of what is most like it in the question before it.
A word that points back ("it", "that phone") makes room for what it points at. What else is missing
stands in front: "The lighthouse: why?" Known as query rewriting (Elgohary et al., EMNLP 2019), here
with the earlier questions' own words. The words that tell a fragment are English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

import numpy as np

from index import Encoder, Query, Span, clean, placed_words
from rag.converse import MissingWord, Turn, missing_words, recent

SAID_BEFORE = 2  # phrases, at most, in front of a question
OF_A_KIND = 0.3  # cosine; how much more alike two names are, or two words that are none
MOST_PARTS = 100  # stretches of a question that a fragment is compared with, the last ones
MODIFIED = 3  # words, at most, of what "that phone" stands for
MOST_WORDS = 6  # of a fragment, and of what it replaces

T = TypeVar("T")

_WORD = re.compile(r"\w[\w'’-]*")
_JOINED = re.compile(
    r"""(?xi)\W*(?:(?:ok(?:ay)?|and|but|or|so|also|then|well|now)\b(?!-)\W*)*
        (?:(?:what|how)\s+(?:about|of)\b)?\s*"""
)
_PHRASE = re.compile(  # what is said between questions, and no part of one
    r"(?i)(?:so far|far|for (?:example|instance)|in (?:general|short|detail)|of course|at all"
    r"|thanks?\b.*|thank you\b.*|please)"
)
_PREPOSITION = (
    "in|on|at|for|from|to|of|by|with|without|under|over|after|before|during|since|until|between|"
    "within|outside|against|near|as|per|via"
)
_WITH_PREPOSITION = re.compile(rf"(?i)(?:{_PREPOSITION})\s+(?=\w)")
_BEFORE_OBJECT = re.compile(rf"(?i)\b({_PREPOSITION})\s+\Z")
_DETERMINER = re.compile(r"(?i)\b(?:an?|the|my|your|our|this|that|these|those)\s+\Z")
_DETERMINED = re.compile(r"(?i)\A(?:an?|the|my|your|our)\s+")
_COUNTED = re.compile(r"(?i)\b(?:many|much|which|what|whose)\s+\Z")
_BELONGS = re.compile(r" \w")
_AUXILIARY = (
    "is|are|was|were|do|does|did|can|could|will|would|shall|should|may|might|must|has|have|had"
)
_CLAUSE = re.compile(  # what makes a clause of words, which takes no noun's place
    rf"""(?xi)\b(?:who|whom|whose|what|which|when|where|why|how|if|whether|because
    |{_AUXILIARY}|am|be|been|done|don['’]?t|isn['’]?t
    |i|you|he|she|it|we|they|there|this|that|these|those)\b"""
)
_SUBJECT = re.compile(r"(?i)\b(?:i|you|he|she|it|we|they|to|how)\s+\Z")
_NAMED_SUBJECT = re.compile(
    r"""(?x)\b(?i:do|does|did|can|could|will|would|should|may|might|must)\s+(?:the\s+)?
        (?:[^\W_a-z][\w'’-]*\s+){1,5}\Z"""
)
_BACK = 80  # characters before a word in which its subject is looked for
_HOW = re.compile(r"(?i)\bhow\s+\Z")
_OPENS = re.compile(rf"(?i)(?:{_AUXILIARY})\b")  # as "Do we need …", which "why" can stand before
_ASKING = re.compile(r"(?i)(?:why|how|when|where|since when|how so|why not)")
_POINTS = re.compile(
    r"""(?xi)
    \b(?P<own>his|its|their|theirs|hers|her(?=\s+\w))\b
    | \b(?P<noun>(?:that|this|those|these)\s+(?P<named>\w+)s?)\b
    | \b(?P<bare>he|him|she|her|it(?!(?:['’]s|\ is|\ was)\ (?:an?|the|one)\b)|they|them)\b
    | \b(?P<end>this|that|these|those)\b(?=\s*(?:[?.!,]|\Z|is\b|was\b|are\b|were\b))"""
)
_PERSON = re.compile(r"(?i)(?:he|him|his|she|hers?)")
_STANDS_BETWEEN = re.compile(r"['’]s? | (?:of|and|for|de|von)(?: the)? ")


def rewritten(question: Query, turns: Sequence[Turn], encoder: Encoder | None) -> str:
    """The question in full, or as it was typed where it stands for itself.

    `encoder` says what is like a fragment; without one it takes nothing's place. A question in
    which nothing points back stands for itself.
    """
    if not turns:
        return question.text
    last = clean(turns[-1].question)
    fragment = fragment_of(question.text)
    if fragment:
        return _in_place(fragment, last, encoder) or f"{_without_mark(last)}, and {fragment}?"
    words = missing_words(question, turns)
    if not words:
        return question.text
    asked = question.text[_joined(question.text) :].strip(" \t?!.")
    if _ASKING.fullmatch(asked):
        if _OPENS.match(last):
            return f"{asked[0].upper()}{asked[1:]} {last[0].lower()}{last[1:]}"
        return f"{_without_mark(last)}, and {asked.lower()}?"
    return _filled(question.text, words, recent(turns))


def _without_mark(question: str) -> str:
    return question.rstrip(" \t?!.")


def _joined(question: str) -> int:
    """Where a question begins behind what joins it to the one before."""
    found = _JOINED.match(question)
    return found.end() if found else 0


def fragment_of(question: str) -> str:
    """The words of a question that is no clause; "" for one that is.

    They are joined to the question before it, or begin with a preposition.
    """
    begins = _joined(question)
    rest = question[begins:].strip(" \t?!.,\"'”’»)")
    if not rest or "," in rest or _CLAUSE.search(rest) or _PHRASE.fullmatch(rest):
        return ""
    is_joined = bool(_WORD.search(question[:begins])) or _WITH_PREPOSITION.match(rest)
    return rest if is_joined and len(_WORD.findall(rest)) <= MOST_WORDS else ""


def _in_place(fragment: str, asked: str, encoder: Encoder | None) -> str:
    """The question with a fragment in the place of what is most like it; "" where nothing is."""
    places = list(_places(asked))
    preposition = _WITH_PREPOSITION.match(fragment)
    named = fragment[preposition.end() if preposition else 0 :]
    objects = [
        place
        for place in places
        if preposition and _preposition(asked, place) == preposition[0].strip().lower()
    ]
    places = objects or places
    if encoder is None or not places:
        return ""
    place = _most_like(named, asked, places, encoder)
    if not _WORD.search(f"{asked[: place.start]} {asked[place.end :]}"):
        return ""  # all of the question, as of one without spaces
    # "the Model 3 tyre" and "for the Zoe": what belongs to another word is put there without "for"
    if preposition and not _preposition(asked, place) and not _BELONGS.match(asked, place.end):
        named = fragment
    return _put(asked, place, named)


def _most_like(named: str, asked: str, places: Sequence[Span], encoder: Encoder) -> Span:
    """Which of the places is most like what is named: a name is more like a name.

    What comes with an article replaces all that stands there, and what ends in the same word; a
    bare word replaces what of it is like it.
    """
    parts = [(part, place) for place in places for part in _parts(asked, place)][-MOST_PARTS:]
    head = named.lower().split()[-1]
    of_one_head = [p for p, _ in parts if asked[slice(*p)].lower().split()[-1] == head != named]
    if of_one_head:  # "source code", "object code"
        return max(of_one_head, key=lambda p: p.end - p.start)
    likeness = encoder.encode_passages([asked[a:b] for (a, b), _ in parts])
    likeness = likeness @ encoder.encode_query(named)
    is_word = _DETERMINED.sub("", named)[0].islower()
    likeness += OF_A_KIND * np.array([asked[p.start].islower() == is_word for p, _ in parts])
    part, place = parts[int(likeness.argmax())]
    return place if _DETERMINED.match(named) else part


def _put(asked: str, place: Span, words: str) -> str:
    """The question with these words in a place of it, and at most one article before them."""
    before = asked[: place.start]
    if _DETERMINED.match(words) and _DETERMINER.search(before):
        before = _DETERMINER.sub("", before)
    elif _COUNTED.search(before) or any(
        at + len(w) + 1 == place.start for at, w, _ in placed_words(asked)
    ):
        words = _DETERMINED.sub("", words)
    return f"{before}{words}{asked[place.end :]}"


def _preposition(asked: str, place: Span) -> str:
    """The preposition before a place, and before its article; "" for none."""
    before = _DETERMINER.sub("", asked[: place.start])
    found = _BEFORE_OBJECT.search(before)
    return found[1].lower() if found else ""


def _places(asked: str) -> Iterator[Span]:
    """Where in a question something else could stand: names and nouns with what belongs to them."""
    words = [
        Span(at, at + len(written))
        for at, written, _ in placed_words(asked)
        if asked.startswith(written, at) and not _is_verb(asked, at)
    ]
    for run in _split(words, lambda a, b: _next_to(asked, a, b)):
        yield Span(run[0].start, run[-1].end)


def _is_verb(text: str, at: int) -> bool:
    """Whether the word there follows its subject: "they drink", "does Big Tech want"; or "how"."""
    back = max(0, at - _BACK)
    named = text[at].islower() and _NAMED_SUBJECT.search(text, back, at)
    return bool(named or _SUBJECT.search(text, back, at))


def _next_to(text: str, one: Span, other: Span) -> bool:
    """Whether two words stand side by side and are both names, or both none."""
    between = text[one.end : other.start]
    return between in (" ", "-") and _is_name(text, one) == _is_name(text, other)


def _is_name(text: str, word: Span) -> bool:
    return not text[word.start].islower()


def _parts(text: str, place: Span) -> list[Span]:
    """The runs of words of a place, of a few words each."""
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(text, place.start, place.end)]
    return [Span(a.start, b.end) for i, a in enumerate(words) for b in words[i : i + MOST_WORDS]]


def _filled(question: str, words: Sequence[MissingWord], turns: Sequence[Turn]) -> str:
    """The question with what it points at in place of the word that points, or before it."""
    pointing = _POINTS.search(question)
    phrases = _phrases(words, turns)
    if pointing is None or not phrases:
        return question
    meant: str | None = phrases[0]
    if pointing["noun"]:
        meant = _named_before(pointing["named"], turns)
    elif _PERSON.fullmatch(pointing[0]):
        meant = next((p for p in phrases if p[0].isupper()), meant)
    if meant is None:
        return f"{', '.join(phrases[:SAID_BEFORE])}: {question[_joined(question) :]}"
    if meant[0].islower():
        meant = f"the {meant}"
    if pointing["own"]:
        meant += "'" if meant.endswith("s") else "'s"
    return f"{question[: pointing.start()]}{meant}{question[pointing.end() :]}"


def _named_before(noun: str, turns: Sequence[Turn]) -> str | None:
    """What was called such a thing last, with the words before it; None for nothing."""
    stem = noun.lower().rstrip("s")
    for turn in reversed(turns):
        for text in map(clean, turn[:2]):
            for place in reversed(list(_places(text))):
                words = text[place.start : place.end]
                if words.split()[-1].lower().rstrip("s") == stem and " " in words:
                    return " ".join(words.split()[-MODIFIED:])
    return None


def _phrases(words: Sequence[MissingWord], turns: Sequence[Turn]) -> list[str]:
    """The missing words as they stand together in the turns, the likeliest first.

    Each as it was asked about last, or else as it was answered, with most of these words around it.
    """
    measured = {stem for turn in turns for stem in _measured(clean(turn.question), turn.language)}
    likely = {word.stem: word.likelihood for word in words if word.stem not in measured}
    said = {word.stem: word.written for word in words}
    asked: list[_Run] = []
    answered: list[_Run] = []
    for turn in reversed(turns):
        asked += _runs(clean(turn.question), frozenset(likely), turn.language)
        answered += _runs(clean(turn.answer), frozenset(likely), turn.language)
    left, found = dict(likely), []
    while left:
        stem = max(left, key=lambda s: left[s])
        holding = [run for run in asked if stem in run.stems]
        holding = holding or [run for run in answered if stem in run.stems]
        run = max(holding, key=lambda r: len(r.stems), default=_Run(said[stem], frozenset((stem,))))
        found.append(run.words)
        left = {s: p for s, p in left.items() if s not in run.stems}
    return found


def _measured(asked: str, language: str) -> Iterator[str]:
    """The stems of what a question asks the degree of, "how tall": no subject of another."""
    yield from (s for at, _, s in placed_words(asked, language) if _HOW.search(asked, 0, at))


class _Run(NamedTuple):
    """Words that stand together, and their stems."""

    words: str
    stems: frozenset[str]


def _runs(text: str, stems: frozenset[str], language: str) -> Iterator[_Run]:
    """The stretches of a text that are made of words with these stems; a name is taken whole."""
    words = [
        (Span(at, at + len(written)), stem)
        for at, written, stem in placed_words(text, language)
        if text.startswith(written, at) and not _is_verb(text, at)
    ]
    for run in _split(words, lambda a, b: _together(text, a[0], b[0])):
        held = [stem in stems for _, stem in run]
        if any(held) and _is_name(text, run[0][0]):
            held = [True] * len(run)
        for is_held, part in groupby(zip(held, run, strict=True), lambda pair: pair[0]):
            if is_held:
                own = [word for _, word in part]
                span = Span(own[0][0].start, own[-1][0].end)
                yield _Run(text[span.start : span.end], frozenset(stem for _, stem in own))


def _together(text: str, one: Span, other: Span) -> bool:
    """Whether two words belong together: names, or words that are none, or with "of" between."""
    if _next_to(text, one, other) or other.start <= one.end:
        return True
    return bool(_STANDS_BETWEEN.fullmatch(text, one.end, other.start))


def _split(items: Sequence[T], together: Callable[[T, T], bool]) -> Iterator[list[T]]:
    """The items in runs, in which each is together with the one before."""
    run: list[T] = []
    for item in items:
        if run and not together(run[-1], item):
            yield run
            run = []
        run.append(item)
    if run:
        yield run

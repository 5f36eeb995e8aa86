"""A follow-up question, completed from the conversation: no language model, words alone.

Two logistic models over what can be read off the words: one says whether a question leans on the
turns before it, the other which of their words it leaves out. Choosing terms of the history
instead of rewriting the question: QuReTeC (Voskarides et al., "Query Resolution for Conversational
Search with Limited Supervision", SIGIR 2020). `training/follow_ups.py` fits both and writes
`converse.toml`, where every coefficient can be read.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from index import ENGLISH, Query, clean, placed_words, word_count, words
from rag.logistic import Logistic

COEFFICIENTS = Path(__file__).with_name("converse.toml")
TURNS = 8  # the last ones are looked at, and the first
MOST = 10  # words added

_REFERS = {
    "person": re.compile(r"(?i)\b(?:he|him|his|himself|she|her|hers|herself)\b"),
    "they": re.compile(r"(?i)\b(?:they|them|their|theirs|these|those|both)\b"),
    # "one bitcoin" is a number
    "it": re.compile(
        r"(?i)\b(?:it|its|itself|this|that|there|then|ones|one(?=\W*\Z)|which one|such)\b"
    ),
    "more": re.compile(
        r"(?i)\b(?:else|others?|another|besides|instead|more|additional|further|same|similar)\b"
    ),
}
_JOINED = re.compile(r"(?i)\W*(?:and|but|or|so|also|then|what about|how about|why not|how so)\b")
_SENTENCE_START = re.compile(r"""(?:\A|[.!?:;]["')]*)\s*["'(]*\Z""")
_BEFORE = 40  # characters before a word in which a sentence's end is looked for


class Turn(NamedTuple):
    """A question, as it was completed, and the words that answered it ("" where nothing did).

    `language` is that of the documents; a question is taken to be in that of the turn before it.
    """

    question: str
    answer: str
    language: str = ENGLISH


class MissingWord(NamedTuple):
    """A word that a question leaves out: as it was said, its stem, how likely it is missing."""

    written: str
    stem: str
    likelihood: float


def missing_words(question: Query, turns: Sequence[Turn]) -> tuple[MissingWord, ...]:
    """The words of the earlier turns that `question` leaves out, in the order they were said.

    None where it stands for itself. `turns` are oldest first.
    """
    if not turns:
        return ()
    turns, model = recent(turns), _model()
    if model.leans.probability(leaning(question, turns)) < model.lean:
        return ()
    found = term_features(question, turns)
    likely = {stem: model.term.probability(term.features) for stem, term in found.items()}
    chosen = sorted((s for s in likely if likely[s] >= model.add), key=lambda s: -likely[s])[:MOST]
    return tuple(MissingWord(found[s].written, s, likely[s]) for s in found if s in chosen)


def leaning(question: Query, turns: Sequence[Turn]) -> dict[str, float]:
    """What tells whether a question leans on the turns before it, by name."""
    language = _language(turns)
    asked = question.words(language).placed
    known = {stem for turn in turns for text in turn[:2] for _, stem in words(text, language)}
    own = [written for _, written, stem in asked if stem not in known]
    first = {written: at for at, written, _ in reversed(asked)}
    named = {w for w, at in first.items() if w[0].isupper() and _is_inner(question.cleaned, at)}
    refers = _refers(question.text)
    return {
        **refers,
        # in "Who was Ada and what did she keep?" the name that "she" points to is there
        **{f"{kind}_unnamed": value * (not named) for kind, value in refers.items()},
        "joined": float(bool(_JOINED.match(question.text))),
        "bare": float(not asked),
        "words": min(len(asked), 8) / 8,
        "own_words": min(len(own), 8) / 8,
        "known_words": min(len(asked) - len(own), 4) / 4,
        "named": float(bool(named)),
        "own_name": float(any(w in named for w in own)),
        "number": float(any(c.isdigit() for c in question.text)),
        "short": float(word_count(question.text) <= 4),
    }


def _language(turns: Sequence[Turn]) -> str:
    return turns[-1].language if turns else ENGLISH


def _refers(question: str) -> dict[str, float]:
    return {kind: float(bool(p.search(question))) for kind, p in _REFERS.items()}


class Term(NamedTuple):
    """A word of the conversation: as it was written, and what tells whether it is missing."""

    written: str
    features: dict[str, float]


@dataclass
class _Occurrence:
    """Where a word stood in the conversation."""

    written: str
    times: int = 0
    inner: int = 0  # not at the start of a sentence, where every word is capitalised
    capitals: int = 0
    asked: set[int] = field(default_factory=set)
    answered: set[int] = field(default_factory=set)

    @property
    def turns(self) -> set[int]:
        return self.asked | self.answered

    @property
    def named(self) -> bool:
        return 2 * self.capitals > self.inner > 0


def term_features(question: Query, turns: Sequence[Turn]) -> dict[str, Term]:
    """The words of the turns that the question does not hold, by stem, as they were first said."""
    own = question.words(_language(turns)).stems
    seen = {stem: s for stem, s in _seen(turns).items() if stem not in own}
    last = len(turns) - 1
    often = max([s.times for s in seen.values() if s.named], default=1)
    kinds = _refers(question.text)
    kinds["plain"] = float(not any(kinds.values()))
    kinds["bare"] = float(len(own) <= 1)
    found = {}
    for stem, s in seen.items():
        named = float(s.named)
        base = {
            "times": math.log1p(s.times),
            "named": named,
            "fame": named * s.times / often,
            "turns": len(s.turns) / len(turns),
            "age": min(last - max(s.turns), 5) / 5,
            "asked": float(bool(s.asked)),
            "answered": float(bool(s.answered)),
            "last_asked": float(last in s.asked),
            "last_answered": float(last in s.answered),
            "first_asked": float(0 in s.asked),
            "number": float(stem[:1].isdigit()),
        }
        crossed = {f"{k}_{b}": v * base[b] for k, v in kinds.items() for b in _CROSSED}
        names = {f"named_{b}": named * base[b] for b in _CROSSED if b != "named"}
        found[stem] = Term(s.written, base | kinds | crossed | names)
    return found


_CROSSED = (
    "named", "fame", "times", "turns", "age", "last_asked", "last_answered", "first_asked",
)  # fmt: skip


def _seen(turns: Sequence[Turn]) -> dict[str, _Occurrence]:
    found: dict[str, _Occurrence] = {}
    language = _language(turns)
    for number, turn in enumerate(turns):
        for is_question, text in ((True, turn.question), (False, turn.answer)):
            cleaned = clean(text)
            for at, written, stem in placed_words(cleaned, language):
                seen = found.setdefault(stem, _Occurrence(written))
                seen.times += 1
                if _is_inner(cleaned, at):
                    seen.inner += 1
                    if written[0].isupper():
                        seen.capitals += 1
                        seen.written = written
                (seen.asked if is_question else seen.answered).add(number)
    return found


def _is_inner(cleaned: str, at: int) -> bool:
    """Whether no sentence begins at a word: there every word is capitalised."""
    return not _SENTENCE_START.search(cleaned, max(0, at - _BEFORE), at)


def recent(turns: Sequence[Turn]) -> Sequence[Turn]:
    """The turns that are looked at."""
    return turns if len(turns) <= TURNS else (turns[0], *turns[1 - TURNS :])


class _Model(NamedTuple):
    leans: Logistic
    term: Logistic
    lean: float
    add: float


@cache
def _model() -> _Model:
    kept: Mapping[str, Any] = tomllib.loads(COEFFICIENTS.read_text("utf-8"))
    return _Model(Logistic(**kept["leans"]), Logistic(**kept["term"]), **kept["thresholds"])

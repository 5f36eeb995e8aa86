"""Questions as people type them, altered until the passage does not answer, and as sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from index.language import question_words

_WORD = re.compile(r"\w+")
_ECHOES = (
    "{asked}", "{asked}", "People ask: “{asked}”", "So, {topic}?", "Many wonder: {topic}?",
    "The question is this: {asked}", "“{asked}” they asked.", "That is a question of {topic}.",
    "Nobody knows {topic}.", "It is often asked {topic}.", "Ask yourself {topic}.",
    "This text is about {topic}.", "We do not discuss {topic} here.",
)  # fmt: skip


def as_typed(question: str, random: Random) -> str:
    """The question itself six times of ten; else without its capitals and question mark, as
    keywords alone, or with one letter wrong."""
    kind = random.random()
    if kind < 0.6:
        return question
    plain = question.rstrip("?. ")
    if kind < 0.8:
        return plain.lower() if random.random() < 0.7 else plain
    if kind < 0.9:
        words = [word for word, _ in question_words(question)]
        return " ".join(words).lower() if len(words) > 1 else plain.lower()
    return _typo(plain.lower() if random.random() < 0.5 else question, random)


def _typo(question: str, random: Random) -> str:
    """Two letters changed over, one left out or one doubled, in a word of five or more."""
    words = [m for m in _WORD.finditer(question) if len(m[0]) > 4 and m[0].isalpha()]
    if not words:
        return question
    word = random.choice(words)
    at = random.randrange(word.start() + 1, word.end() - 1)
    a, b = question[at], question[at + 1]
    return question[:at] + random.choice([b + a, b, a + a + b]) + question[at + 2 :]


def altered(
    question: str, passage: str, answer: str, others: Sequence[str], random: Random
) -> str | None:
    """The question about something that the passage does not say, or None where none is found.

    One word that question and passage share gives way: a number to another number, a name to a
    name (of the passage or of another question), a word to a word of another question. In the
    manner of SQuAD 2.0's adversarial questions (Rajpurkar et al., ACL 2018), made by rule.
    """
    held = {w.lower() for w in _WORD.findall(passage)}
    shared = [
        m for m in _WORD.finditer(question)
        if m[0].lower() in held and (m[0].isdigit() or m[0] in dict(question_words(question)))
    ]  # fmt: skip
    if not shared:
        return None
    chosen = random.choice(shared)
    word = chosen[0]
    if word.isdigit():
        new = str(int(word) + random.choice([-20, -10, -3, -2, -1, 1, 2, 3, 10, 20]))
    else:
        asked = {w.lower() for w in _WORD.findall(question + " " + answer)}
        named = word[0].isupper() and chosen.start() > 0
        if named and random.random() < 0.5:
            words = _names(passage)
        else:
            other = random.choice(others)
            words = _names(other) if named else [w for w, _ in question_words(other)]
            words = [w for w in words if w.lower() not in held]
        words = [w for w in words if w.lower() not in asked and w[0].isupper() == word[0].isupper()]
        if not words:
            return None
        new = random.choice(words)
    return question[: chosen.start()] + new + question[chosen.end() :]


def echo(question: str, random: Random) -> str:
    """A sentence that says what the question asks and does not answer it, as texts hold some."""
    plain = question.rstrip("?. ")
    asked = plain[:1].upper() + plain[1:] + "?"
    return random.choice(_ECHOES).format(asked=asked, topic=plain[:1].lower() + plain[1:])


def _names(text: str) -> list[str]:
    """Capitalised words that do not begin a sentence."""
    return [
        m[0] for m in _WORD.finditer(text)
        if m[0][0].isupper() and m.start() and text[: m.start()].rstrip()[-1:] not in ".!?\"'("
    ]  # fmt: skip

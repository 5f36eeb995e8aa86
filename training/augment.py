"""Questions as people type them, altered until the passage does not answer, and as sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from index.language import Query

_WORD = re.compile(r"\w+")
_MAY = re.compile(
    r"(?:Can|Could|May|Must|Should|Shall|Do|Will|Would|Am|Are|Is) (I|we|you|they|people) (.+)"
)
_SUPPOSING = ("and if {0} {1}?", "And what if {0} {1}?", "what happens if {0} {1}", "so {0} {1}?")
_SPOKEN = (
    "and {asked}?",
    "ok, {asked}",
    "so {asked}?",
    "But {asked}?",
    "hi, {asked}? thanks",
    "Quick question: {asked}?",
    "please tell me {asked}",
    "I would like to know {asked}.",
    "can you find out {asked}?",
    "does anybody know {asked}",
    "Sorry if this has been asked before. {asked}?",
    "I have read through all of this and still don't know: {asked}?",
    "my colleague says one thing and my boss another, {asked}?",
    "We had a long talk about this yesterday and nobody was sure. {asked}?",
    "I'm new here and a bit lost, so {asked}?",
    "It is rather urgent as I have to reply to a customer today. {asked}?",
)
_ECHOES = (
    "{asked}",
    "{asked}",
    "People ask: “{asked}”",
    "So, {topic}?",
    "Many wonder: {topic}?",
    "The question is this: {asked}",
    "“{asked}” they asked.",
    "That is a question of {topic}.",
    "Nobody knows {topic}.",
    "It is often asked {topic}.",
    "Ask yourself {topic}.",
    "This text is about {topic}.",
    "We do not discuss {topic} here.",
)


def as_typed(question: str, random: Random) -> str:
    """The question itself five times of ten; else without its capitals and question mark, as
    keywords alone, with one letter wrong, or with what people say around it."""
    kind = random.random()
    if kind < 0.5:
        return question
    plain = question.rstrip("?. ")
    if kind < 0.7:
        return plain.lower() if random.random() < 0.7 else plain
    if kind < 0.8:
        words = [word for word, _ in Query(question).words().asked]
        return " ".join(words).lower() if len(words) > 1 else plain.lower()
    if kind < 0.9:
        return _spoken(plain, random)
    return _typo(plain.lower() if random.random() < 0.5 else question, random)


def _spoken(plain: str, random: Random) -> str:
    """The question, which has no question mark, in the midst of a talk or after a story."""
    whether = _MAY.match(plain)
    if whether and random.random() < 0.5:
        return random.choice(_SUPPOSING).format(*whether.groups())
    asked = plain[:1].lower() + plain[1:] if random.random() < 0.6 else plain
    return random.choice(_SPOKEN).format(asked=asked)


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
    own = dict(Query(question).words().asked)
    shared = [
        m
        for m in _WORD.finditer(question)
        if m[0].lower() in held and (m[0].isdigit() or m[0] in own)
    ]
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
            words = _names(other) if named else [w for w, _ in Query(other).words().asked]
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
        m[0]
        for m in _WORD.finditer(text)
        if m[0][0].isupper() and m.start() and text[: m.start()].rstrip()[-1:] not in ".!?\"'("
    ]

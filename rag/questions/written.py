"""Questions that stand in a document already: asked in its sentences, in its headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index import clean
from rag.questions.casing import Casing

_ASKS = re.compile(
    r"(?i)(?:who|what|when|where|which|why|how|is|are|was|were|do|does|did|can|could|should|will"
    r"|would|has|have)\b(?! to\b)[^?]*\?"
)
_AUXILIARY = re.compile(
    r"(?<= )(?:Is|Are|Was|Were|Do|Does|Did|Can|Could|Should|Will|Would|Has|Have)\b"
)
_IN_QUOTES = re.compile(r'"([A-Z][^"?]*\?)"')
_WHY = re.compile(
    r"(?i)why (?P<subject>.+?) (?P<verb>is|are|was|were|can|could|should|must|will) (?P<rest>\S+.*)"
)
_DENIED = re.compile(r"(?P<subject>[A-Z][^,;]+?) (?P<verb>is|was)(?:n't| not) [^;]+$")
_RATHER = re.compile(r"It(?:'s| is| was) (?P<said>[^,;]+)")
_NAME = r"(?:[A-Z][\w'-]*\s+(?:(?:of|and|the|for|in|on|to)\s+)*)+[A-Z][\w'-]*"
_ABBREVIATED = re.compile(rf"\b({_NAME})\s\(([A-Z]{{2,8}})\)")
_TURNED = re.compile(rf"\b([A-Z]{{2,8}})(?:\s[A-Z][a-z]+)?\s\(({_NAME})\)")


def written_questions(sentence: str) -> Iterator[str]:
    """The question that a sentence is, or that it quotes."""
    for asked in (sentence, *_IN_QUOTES.findall(sentence)):
        capitals = sum(w[0].isupper() for w in asked.split())
        if _ASKS.fullmatch(asked) and 2 * capitals <= len(asked.split()):  # no title
            yield asked


def heading_question(heading: str, casing: Casing) -> Iterator[str]:
    """A heading that asks, and "Why S is X" turned into what it answers."""
    text = clean(heading)
    plain = " ".join(casing.sentence(text.rstrip(" ?.").split()))
    plain = _AUXILIARY.sub(lambda m: m[0].lower(), plain)
    if _ASKS.fullmatch(text):
        yield f"{plain[0].upper()}{plain[1:]}?"
    elif match := _WHY.fullmatch(plain):
        yield f"Why {match['verb']} {match['subject']} {match['rest']}?"


def corrected(sentence: str, following: str) -> tuple[str, bool]:
    """ "S isn't X." with "It's Y." after it, as "S is Y", and whether the next sentence says so."""
    first, _, second = sentence.partition("; ")
    second = f"{second[:1].upper()}{second[1:]}" or following
    denied, rather = _DENIED.match(first.rstrip(".")), _RATHER.match(second)
    if denied is None or rather is None:
        return sentence, False
    return f"{denied['subject']} {denied['verb']} {rather['said']}", second == following


def abbreviations(sentence: str) -> Iterator[str]:
    """ "Long Name (LN)", and "the LN Act (Long Name)"."""
    for match in _ABBREVIATED.finditer(sentence):
        if _is_spelled_by(match[1], match[2]):
            yield f"What does {match[2]} stand for?"
    for match in _TURNED.finditer(sentence):
        if _is_spelled_by(match[2], match[1]):
            yield f"What does {match[1]} stand for?"


def _is_spelled_by(name: str, letters: str) -> bool:
    initials = "".join(w[0] for w in name.split() if w[0].isupper())
    return initials.endswith(letters)

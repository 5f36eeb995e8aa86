"""Every pattern that makes a question of a clause, with its kind, those that ask most first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from index import stems
from rag.questions.casing import Casing
from rag.questions.clause import Clause
from rag.questions.noun_phrase import is_plural
from rag.questions.wh import (
    how_many,
    how_tall,
    when,
    where,
    who_active,
    who_passive,
    why,
    why_built,
    why_needed,
)
from rag.questions.what import (
    what_could,
    what_for,
    what_governed,
    what_into,
    what_is,
    what_key,
    what_moved,
    what_role,
    what_said,
    what_thing,
    what_toward,
)

PATTERNS: tuple[tuple[str, Callable[[Clause], str]], ...] = (
    ("why", why),
    ("why", why_built),
    ("why", why_needed),
    ("when", when),
    ("where", where),
    ("how many", how_many),
    ("how tall", how_tall),
    ("who", who_passive),
    ("who", who_active),
    ("moved", what_moved),
    ("toward", what_toward),
    ("governed", what_governed),
    ("governed", what_for),
    ("governed", what_into),
    ("governed", what_role),
    ("key", what_key),
    ("could", what_could),
    ("said", what_said),
    ("is", what_is),
    ("thing", what_thing),
)
_COUNTED = {"two", "three", "four", "five", "six", "new"}


def turned(clause: Clause, casing: Casing, topics: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each question that a clause makes, with its pattern's kind.

    `topics` are the stems of the words that title and headings hold.
    """
    specific = is_specific(clause, casing, topics)
    for kind, pattern in PATTERNS:
        question = pattern(clause) if specific or kind == "is" else ""
        if question:
            yield f"{question[0].upper()}{question[1:]}?", kind


def is_specific(clause: Clause, casing: Casing, topics: Collection[str]) -> bool:
    """Whether one who has not read the sentence knows what its subject is."""
    subject = clause.subject
    names = [w for w in subject if w[0].isupper() or w[0] == '"']
    initials = "and" in subject and all(w.isupper() for w in subject if w != "and")
    if subject[0] in ("a", "an") or initials:  # initials are a paper's authors
        return False
    if subject[0] != "the":
        return bool(names) or len(subject) > 1 or not is_plural(subject)
    if len(subject) == 2 and names:  # "the Court" is one that was named before
        return not casing.is_common(names[0])
    if names or set(stems(subject[-1])) <= set(topics):
        return True
    return len(subject) > 3 and not set(subject) & _COUNTED

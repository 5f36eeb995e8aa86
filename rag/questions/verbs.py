"""The forms of common English verbs, and what each goes with: `verbs.toml`, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("verbs.toml")

BE = {"is", "are", "was", "were"}
MODALS = {"can", "could", "will", "would", "should", "must", "may", "might"}
HAVE = {"has", "have", "had"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb: "base", "s" or "past" where it is finite, "participle" or "ing"."""

    base: str
    tense: str


def forms(word: str) -> tuple[Form, ...]:
    """Every reading of a lower-case word as a verb; () for a word that is none we know."""
    return _forms_by_word().get(word, ())


def base_of(word: str, tense: str) -> str:
    """The verb of which `word` is that form; "" where it is none."""
    return next((f.base for f in forms(word) if f.tense == tense), "")


def past_of(base: str) -> str:
    """ "write" to "wrote"."""
    return _principal_parts().get(base, ("", ""))[0]


def goes_with(base: str) -> tuple[str, ...]:
    """The prepositions that a verb or an adjective governs."""
    words = _read_words()
    return tuple((words["governed"].get(base) or words["adjectives"].get(base, "")).split())


def is_one(kind: str, base: str) -> bool:
    """Whether `base` stands in a list of `verbs.toml`."""
    return base in _listed(kind)


def is_noun_too(word: str) -> bool:
    """Whether a form is as likely a noun or an adjective."""
    return is_one("nouns", word) or any(
        is_one("nouns", f.base) for f in forms(word) if f.tense in ("base", "s")
    )


@cache
def _read_words() -> dict[str, dict[str, str]]:
    return tomllib.loads(WORDS.read_text("utf-8"))


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(str(_read_words()[kind]).split())


@cache
def _principal_parts() -> dict[str, tuple[str, str]]:
    """Past and participle of each base."""
    words = _read_words()
    rows = [entry.split() for entry in str(words["irregular"]).split(",")]
    known = {base: (past, participle) for base, past, participle in rows}
    for base in [*str(words["regular"]).split(), *words["governed"]]:
        known.setdefault(base, (_past_of_regular(base),) * 2)
    return known


@cache
def _forms_by_word() -> dict[str, tuple[Form, ...]]:
    found: dict[str, tuple[Form, ...]] = {}
    for base, (past, participle) in _principal_parts().items():
        own = (
            (base, "base"),
            (third_of(base), "s"),
            (past, "past"),
            (participle, "participle"),
            (_ing_of(base), "ing"),
        )
        for word, tense in own:
            found[word] = (*found.get(word, ()), Form(base, tense))
    return found


def third_of(base: str) -> str:
    """ "cause" to "causes"."""
    if base in ("have", "do"):
        return {"have": "has", "do": "does"}[base]
    if re.search(r"(?:s|x|z|ch|sh)\Z", base):
        return f"{base}es"
    return f"{base[:-1]}ies" if re.search(r"[^aeiou]y\Z", base) else f"{base}s"


def _past_of_regular(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if re.search(r"[^aeiou]y\Z", base):
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if _doubles(base) else f"{base}ed"


def _ing_of(base: str) -> str:
    if base.endswith("ie"):
        return f"{base[:-2]}ying"
    if re.search(r"[^eo]e\Z", base):
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if _doubles(base) else f"{base}ing"


def _doubles(base: str) -> bool:
    """Whether the last consonant is doubled, as in "stopped"."""
    return base in _listed("doubled")

"""What can be a subject, an object, or the end of a question, as far as closed classes tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

from rag.questions.casing import Casing
from rag.questions.verbs import BE, HAVE, MODALS, base_of, forms, is_noun_too, is_one

MAX_SUBJECT = 10  # words
CUT = "…"  # stands for the rest of a sentence that could not be read

_CLOSED = {
    name: frozenset(listed.split())
    for name, listed in tomllib.loads(
        Path(__file__).with_name("closed.toml").read_text("utf-8")
    ).items()
}
DETERMINERS = frozenset({"the", "a", "an"})
NEGATED, SUBORDINATE = _CLOSED["negated"], _CLOSED["subordinate"]
PREPOSITIONS, PRONOUNS = _CLOSED["prepositions"], _CLOSED["pronouns"]
AFTER_NOUN = _CLOSED["after_noun"]
_NOUNS = {"family", "supply", "assembly", "reply", "ally", "anomaly", "monopoly", "butterfly"}
_NO_NOUN = re.compile(r"(?:ly|ful|ous|able|ible)\Z")
_STOPPED = re.compile(r"[a-z]{2,}\.(?: |\Z)")  # two sentences run together
_PLURAL = re.compile(r"[^su'i]s\Z")
_ASIDE = re.compile(
    r" (?:in (?:response|turn|fact|part|general|particular|total|addition|\d+)|of course"
    r"|for example)\b"
)


def subject_words(subject: Sequence[str], casing: Casing) -> tuple[str, ...] | None:
    """The words of a clean noun phrase as they stand in mid-sentence, or None."""
    words = [w if w == "US" else w.lower() for w in subject]
    words = " ".join(words).replace("such as", "like like").split()
    if len(words) > MAX_SUBJECT or not _opens_well(words) or not _closes_well(words, subject):
        return None
    pardoned = {"and", "only"} if "way" in words else {"and"}  # "the only way to win"
    outside = PREPOSITIONS - _CLOSED["inner"]
    if set(words) & (PRONOUNS | NEGATED | outside | _CLOSED["vague"] - pardoned) or _begins_anew(
        words
    ):
        return None
    if not all(_is_nominal(w, i, words) for i, w in enumerate(words)):
        return None
    if base_of(words[0], "ing"):
        return (words[0], *subject[1:]) if len(words) > 1 else None
    first = casing.inner(subject[0], subject[1:])
    if first == subject[0] and forms(words[0]) and casing.is_name(first) is None:
        first = words[0]  # "Research shows"
    return None if first is None else (first, *subject[1:])


def _opens_well(words: Sequence[str]) -> bool:
    cut = len(words[0]) == 2 and words[0].endswith(".")  # "S. policymakers", after a bad split
    authors = sum(len(w) == 1 and w not in ("a", "&") for w in words) > 1  # "Rubinfeld B Polakis P"
    return not (cut or authors or words[0] in PREPOSITIONS | {"and"} or words[0][0].isdigit())


def _closes_well(words: Sequence[str], written: Sequence[str]) -> bool:
    text, head = " ".join(words), head_of(words)
    if words[-1] in PREPOSITIONS | DETERMINERS or words[-1].endswith("ly") or text.count('"') % 2:
        return False
    if head[:1].isdigit() and not written[-2:][0][0].isupper():  # "Gemma 4" is a name
        return False
    joined = _STOPPED.search(text.replace("dr.", "").replace("mr.", "").replace("st.", ""))
    return not (_NO_NOUN.search(head) or _ASIDE.search(text) or joined)


def _begins_anew(words: Sequence[str]) -> bool:
    """Whether a second noun phrase follows the first: "the moment the model"."""
    before = PREPOSITIONS | {"and", "&"}
    return any(
        w in DETERMINERS
        and words[i] not in before
        and not base_of(words[i], "ing")
        and words[max(0, i - 1)] != "to"  # "the only way to win the race"
        for i, w in enumerate(words[1:])
    )


def _is_nominal(word: str, at: int, words: Sequence[str]) -> bool:
    """Whether a word can be part of a noun phrase and can be no verb there."""
    if word in BE | MODALS | HAVE or word in ("be", "been", "do", "does", "did"):
        return False
    before = words[at - 1] if at else ""
    tenses = {f.tense for f in forms(word)}
    if before == "to" and "base" in tenses:
        return is_one("leading_to", words[at - 2].removesuffix("s"))
    if not tenses and word.endswith("ed") and at and before not in DETERMINERS:
        return False  # "Simon allocated": a verb that is not known
    if not tenses or is_noun_too(word):
        return True
    if tenses <= {"ing"} and (not at or before in PREPOSITIONS):  # "for selling chips"
        return True
    if tenses <= {"ing"} or tenses <= {"past", "participle"}:  # "the growing debt"
        return before in DETERMINERS and at < len(words) - 1
    return False


def head_of(phrase: Sequence[str]) -> str:
    """The noun that a noun phrase is about: the last word before its first preposition."""
    ends = PREPOSITIONS | {"such"}
    stop = next((i for i, w in enumerate(phrase) if i and w.lower() in ends), len(phrase))
    return phrase[stop - 1].strip('",')


def is_plural(phrase: Sequence[str]) -> bool | None:
    """Whether a noun phrase is plural; None where it does not show ("Riot Games")."""
    head = head_of(phrase)
    if base_of(phrase[0].lower(), "ing"):
        return False
    if "and" in phrase[: phrase.index(head) if head in phrase else len(phrase)]:
        return True
    if head.lower() in ("data", "media"):
        return None
    if head.lower() in ("people", "men", "women", "children", "police", "mice"):
        return True
    if not _PLURAL.search(head) or head.lower() in ("news", "series", "species"):
        return False
    return None if head[0].isupper() else True


def is_phrase(words: Sequence[str], most: int = 8) -> bool:
    """Whether words can be carried into a question: nothing in them leans, nothing is cut off."""
    lower = [w.lower().strip('"') for w in words]
    barred = PRONOUNS | NEGATED | BE | MODALS | HAVE | {"because", "if", "but", "so", CUT}
    if len(words) > most or set(lower) & barred:
        return False
    if any("," in w for w in words) or "".join(words).count('"') % 2:
        return False
    return not lower or lower[-1] not in PREPOSITIONS | DETERMINERS | SUBORDINATE


def starts_noun_phrase(words: Sequence[str]) -> bool:
    """Whether an object begins here."""
    if not words:
        return False
    word = words[0].lower().strip('"') if words[0] != "US" else words[0]
    closed = PREPOSITIONS | SUBORDINATE | PRONOUNS | NEGATED | _CLOSED["particles"]
    return word not in closed and not is_adverb(word)


def is_adverb(word: str) -> bool:
    """Whether a word stands beside a verb and is no part of its object."""
    return word in _CLOSED["adverbs"] or (
        word.endswith("ly") and word[0].islower() and word not in _NOUNS
    )

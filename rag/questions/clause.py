"""A declarative sentence taken apart: what stands first, the subject, the verb, and the rest.

Without a parser: a subject is taken only where every word of it can be no verb, so that few
sentences are taken apart and those rightly. What is left out is never asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from rag.questions.casing import Casing
from rag.questions.noun_phrase import (
    CUT,
    DETERMINERS,
    MAX_SUBJECT,
    NEGATED,
    SUBORDINATE,
    is_adverb,
    is_plural,
    starts_noun_phrase,
    subject_words,
)
from rag.questions.verbs import BE, HAVE, MODALS, Form, forms, goes_with, is_noun_too

_BRACKETED = re.compile(r"\s*[\[(][^\])]*[\])]")
_TOKEN = re.compile(r"""["$€£#~]?\w[\w.'&/%+-]*(?:,\d[\w.]*)*["%,]*|[&%]""")
_LEAD = re.compile(
    r"""(?xi) (?: however | moreover | nevertheless | furthermore | in\ addition | additionally
    | meanwhile | today | (?:until\ )?now | similarly | consequently | as\ a\ result | therefore
    | thus | overall | finally | [a-z]+ly
    | (?:in|on|at|since|during|after|before|while|although|though|despite|by|as|with|from|under
        |among|without|through|throughout|until|according\ to|because|[a-z]+(?:ing|ed))
      \s [^,]{2,80} (?:,\ \d{4})?
    ) ,\s+"""
)
_LABEL = re.compile(r"(?:[A-Z][\w-]*\s){0,3}[A-Z][\w-]*:\s(?=[A-Z])")
_STOP = re.compile(r"[;:]|\s-+\s|--")
_ADDED = {
    "also",
    "still",
    "already",
    "soon",
    "then",
    "later",
    "instead",
    "just",
    "even",
    "only",
    "thus",
    "therefore",
    "hence",
}
_UNKNOWN = re.compile(r"[^e]ed\Z|[^aeiou]ing\Z")


@dataclass(frozen=True, slots=True)
class Clause:
    """`subject auxiliary adverbs verb rest`; the auxiliary of a simple verb is do, does or did.

    `form` is "copula", "passive", "progressive", "perfect", "modal" or "simple"; `lead` is what
    stood before the subject's comma, `base` the verb's dictionary form ("" for one not known).
    """

    lead: str
    subject: tuple[str, ...]
    auxiliary: str
    adverbs: tuple[str, ...]
    verb: str
    base: str
    form: str
    rest: tuple[str, ...]

    @property
    def front(self) -> str:
        """ "was the lighthouse electrified": what follows the question word."""
        return " ".join([self.auxiliary, *self.subject, *self.adverbs, *self.verb.split()])


def clause_of(sentence: str, casing: Casing) -> Clause | None:
    """The main clause of a cleaned sentence, or None where it cannot be told."""
    text = _LABEL.sub("", _BRACKETED.sub("", sentence).strip())
    if not (text[:1].isupper() or text.startswith('"')):
        return None
    lead = ""
    if found := _LEAD.match(text):
        lead, text = found.group().strip(" ,"), text[found.end() :]
    text = _STOP.split(text.rstrip(" ."))[0].strip(" .")
    tokens = list(takewhile(_TOKEN.fullmatch, text.split()))
    if len(tokens) < len(text.split()):
        tokens.append(CUT)
    for at in range(1, min(len(tokens) - 1, MAX_SUBJECT + 8)):
        subject = _without_aside(tokens[:at])
        if subject and (clause := _clause_at(subject, tokens[at:], lead, casing)):
            return clause
    return None


def _without_aside(tokens: Sequence[str]) -> list[str]:
    """A subject without what stands between two commas after it; [] where commas are left."""
    commas = [i for i, t in enumerate(tokens) if t.endswith(",")]
    if not commas or _lists_names(tokens[commas[0] :]):
        return list(tokens)
    if len(commas) == 2 and commas[1] == len(tokens) - 1 and commas[1] - commas[0] > 1:
        return [*tokens[: commas[0]], tokens[commas[0]].rstrip(",")]
    return []


def _lists_names(tokens: Sequence[str]) -> bool:
    """ "Anthropic, Google and OpenAI": the only commas that a subject may hold."""
    names = [t for t in tokens if t != "and"]
    written = not all(t.strip(",").isupper() for t in names)  # initials are authors of a paper
    return tokens[-2:-1] == ["and"] and written and all(t[0].isupper() for t in names)


def _clause_at(
    subject: Sequence[str], after: Sequence[str], lead: str, casing: Casing
) -> Clause | None:
    """The clause whose verb is the first word of `after`, where it is one and fits the subject."""
    if any(w.lower() in NEGATED or w.endswith("n't") for w in after[:5]):
        return None
    known = BE | MODALS | HAVE
    if not (after[0] in known or is_adverb(after[0]) or forms(after[0])):
        return None
    named = subject_words(subject, casing)
    read = _VerbGroup.read(named, after) if named else None
    if named is None or read is None:
        return None
    adverbs = tuple(a for a in read.adverbs if a not in _ADDED)
    return Clause(
        lead, named, read.auxiliary, adverbs, read.verb, read.base, read.form, tuple(read.rest)
    )


@dataclass(frozen=True, slots=True)
class _VerbGroup:
    """A verb with its auxiliaries, and what follows it."""

    auxiliary: str
    adverbs: Sequence[str]
    verb: str
    base: str
    form: str
    rest: Sequence[str]

    @classmethod
    def read(cls, subject: Sequence[str], after: Sequence[str]) -> _VerbGroup | None:
        """The verb group that begins `after`."""
        first = after[0]
        if first in BE | MODALS | HAVE:
            inner = list(takewhile(lambda w: is_adverb(w) or w in ("be", "been"), after[1:]))
            rest = after[1 + len(inner) :]
            return _read_after_auxiliary(first, inner, rest) if _agrees(subject, first) else None
        adverbs = [first] if is_adverb(first) else []
        form = _read_finite(subject, after[len(adverbs) :])
        if form is None:
            return None
        auxiliary = {"past": "did", "s": "does", "base": "do"}[form.tense]
        rest = after[len(adverbs) + 1 :]
        return cls(auxiliary, adverbs, form.base, form.base, "simple", rest)


def _read_after_auxiliary(
    first: str, inner: Sequence[str], after: Sequence[str]
) -> _VerbGroup | None:
    """The group of an auxiliary, the adverbs and forms of "be" after it, and the rest."""
    if not after:
        return None
    word, rest = after[0], after[1:]
    adverbs = [w for w in inner if w not in ("be", "been")]
    helpers = [w for w in inner if w in ("be", "been")]
    tenses = {f.tense: f.base for f in forms(word)}
    if not tenses and _UNKNOWN.search(word):  # after "was" it is a verb's all the same
        tenses = {"ing" if word.endswith("g") else "participle": ""}
    if first in BE or helpers:
        for tense, form in (("participle", "passive"), ("ing", "progressive")):
            if tense in tenses:
                verb = " ".join([*helpers, word])
                return _VerbGroup(first, adverbs, verb, tenses[tense], form, rest)
        return _VerbGroup(first, adverbs, " ".join(helpers), "be", "copula", after)
    for kind, tense, form in ((HAVE, "participle", "perfect"), (MODALS, "base", "modal")):
        if first in kind and tense in tenses:
            return _VerbGroup(first, adverbs, word, tenses[tense], form, rest)
    if first in HAVE and not inner and starts_noun_phrase(after):
        auxiliary = {"has": "does", "have": "do", "had": "did"}[first]
        return _VerbGroup(auxiliary, [], "have", "have", "simple", after)
    return None


def _read_finite(subject: Sequence[str], after: Sequence[str]) -> Form | None:
    """The first word as a finite verb that agrees with the subject, where it is no noun there."""
    if len(after) < 2 or after[1] in BE | MODALS | HAVE:
        return None
    word = after[0]
    found = [f for f in forms(word) if f.tense in ("s", "base", "past")]
    form = next((f for f in found if f.tense == "past" or _agrees(subject, word, f.tense)), None)
    if form is None:
        return None
    clear = after[1] in goes_with(form.base) or _starts_object(after[1])
    if is_noun_too(word) and not clear:
        return None
    # "The eels tagged in May swam on": the first one is no finite verb
    return None if form.tense == "past" and _finite_follows(after[1:]) else form


def _starts_object(word: str) -> bool:
    return word in DETERMINERS | {"that", "to"} or word[0].isupper() or word[0].isdigit()


def _finite_follows(words: Sequence[str]) -> bool:
    for word in takewhile(lambda w: w not in SUBORDINATE, words):
        tenses = {f.tense for f in forms(word)}
        if word in BE | MODALS | HAVE or tenses == {"past"}:
            return True
        if "s" in tenses and not is_noun_too(word):
            return True
    return False


def _agrees(subject: Sequence[str], word: str, tense: str = "") -> bool:
    """Whether the verb's number is the subject's, as far as either shows."""
    if word in MODALS or word == "had":
        return True
    plural = is_plural(subject)
    if word in ("is", "was", "has") or tense == "s":
        return plural is not True
    return plural is not False

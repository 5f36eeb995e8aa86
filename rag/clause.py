"""A declarative sentence taken apart: what stands first, the subject, the verb, and the rest.

Without a parser: a subject is taken only where every word of it can be no verb, so that few
sentences are taken apart and those rightly. What is left out is never asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.casing import Casing
from rag.verbs import BE, HAVE, MODALS, Form, base_of, forms, goes_with, is_noun_too, is_one

MAX_SUBJECT = 10

_BRACKETED = re.compile(r"\s*[\[(][^\])]*[\])]")
_TOKEN = re.compile(r"""["$€£#~]?[A-Za-z\d][\w.'&/%+-]*["%,]*|&""")
_LEAD = re.compile(
    r"(?:however|moreover|nevertheless|furthermore|in addition|additionally|meanwhile|"
    r"today|now|until now|counterintuitively|similarly|consequently|as a result|therefore|thus|overall|finally|"
    r"(?:in|on|at|since|during|after|before|while|although|though|despite|by|as)\s[^,]{2,80}),\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:[A-Z][\w-]*\s){0,3}[A-Z][\w-]*:\s(?=[A-Z])")
_PRONOUNS = set(
    "i you he she it we they me him us them his its our your my their this that these those there "
    "here who which what when where why how one ones such itself themselves himself herself "
    "mine yours hers theirs ours someone everyone anyone nobody something everything nothing".split()
)
_VAGUE = set(
    "some many most several few both each every all any another other others same former latter "
    "following above below previous next first second third more less no not never none neither "
    "nor only even just also then so but and or if because although though while since until "
    "unless whereas today yesterday tomorrow according due".split()
)
_PREPOSITIONS = set(
    "of for in to on between from with at by against about like over under among into through "
    "within without during as per via across towards toward behind beyond after before than outside inside upon along around throughout near off up according due "
    "depending alongside despite unlike out".split()
)
_INNER = set("of for in on by between from with at against about like over among and & the a an to de".split())
_DETERMINERS = {"the", "a", "an"}
_NOT_NOUNS = re.compile(r"(?:ly|ful|ous|able|ible)\Z")
_ADDED = {"also", "still", "already"}
_NEGATED = {"not", "never", "cannot", "no", "hardly", "rarely", "neither", "nor"}
_SUBORDINATE = set("that which who whom whose as because when where while if and but or to than".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """`subject auxiliary adverb verb rest`; the auxiliary of a simple verb is do, does or did.

    `form` is "copula", "passive", "progressive", "perfect", "modal" or "simple"; `lead` is what
    stood before the subject's comma, `base` the verb's dictionary form.
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
    lead = ""
    if found := _LEAD.match(text):
        lead, text = found.group().strip(" ,"), text[found.end() :]
    text = re.split(r"[;:]|\s-+\s|--", text.rstrip(" ."))[0].strip(" .")
    tokens = text.split()
    if not 3 <= len(tokens) <= 45 or not all(map(_TOKEN.fullmatch, tokens)):
        return None
    for at in range(1, min(len(tokens), MAX_SUBJECT + 8)):
        subject = _without_aside(tokens[:at])
        if subject and (clause := _at(subject, tokens[at:], lead, casing)):
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
    return tokens[-2:-1] == ["and"] and all(t[0].isupper() for t in names)


def _at(
    subject: Sequence[str], after: Sequence[str], lead: str, casing: Casing
) -> Clause | None:
    """The clause whose verb is the first word of `after`, where it is one and fits the subject."""
    read = _verb_group(subject, after)
    if read is None:
        return None
    auxiliary, adverbs, verb, base, form, rest = read
    if any(w.lower() in _NEGATED or w.endswith("n't") for w in after[:5]):
        return None
    named = subject_words(subject, casing)
    if named is None:
        return None
    return Clause(lead, named, auxiliary, tuple(adverbs), verb, base, form, tuple(rest))


_Read = tuple[str, list[str], str, str, str, Sequence[str]]


def _verb_group(subject: Sequence[str], after: Sequence[str]) -> _Read | None:
    first = after[0]
    if first in BE | MODALS | HAVE:
        if not _agrees(subject, first):
            return None
        at = 1
        adverbs: list[str] = []
        helpers: list[str] = []
        while at < len(after) and (_is_adverb(after[at]) or after[at] in ("be", "been")):
            (helpers if after[at] in ("be", "been") else adverbs).append(after[at])
            at += 1
        return _after_auxiliary(first, adverbs, helpers, after[at:])
    adverb = [first] if _is_adverb(first) and len(after) > 2 else []
    after = after[len(adverb) :]
    form = _finite(subject, after)
    if form is None:
        return None
    auxiliary = {"past": "did", "s": "does", "base": "do"}[form.tense]
    return auxiliary, adverb, form.base, form.base, "simple", after[1:]


def _after_auxiliary(
    first: str, adverbs: list[str], helpers: list[str], after: Sequence[str]
) -> _Read | None:
    if not after:
        return None
    word = after[0]
    kept = [a for a in adverbs if a not in _ADDED]
    tenses = {f.tense: f.base for f in forms(word)}
    if not tenses and re.search(r"[^e]ed\Z|[^aeiou]ing\Z", word):  # after "was" it is a verb's
        tenses = {"ing" if word.endswith("g") else "participle": ""}
    passive = first in BE or bool(helpers)
    if passive and "participle" in tenses:
        return first, kept, " ".join([*helpers, word]), tenses["participle"], "passive", after[1:]
    if passive and "ing" in tenses:
        return first, kept, " ".join([*helpers, word]), tenses["ing"], "progressive", after[1:]
    if passive:
        return first, kept, " ".join(helpers), "be", "copula", after
    if first in HAVE and "participle" in tenses:
        return first, kept, word, tenses["participle"], "perfect", after[1:]
    if first in MODALS and "base" in tenses:
        return first, kept, word, word, "modal", after[1:]
    if first in HAVE and not adverbs and not helpers:
        auxiliary = {"has": "does", "have": "do", "had": "did"}[first]
        return auxiliary, [], "have", "have", "simple", after
    return None


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") or word in ("now", "also", "already", "still", "often", "currently")


def _finite(subject: Sequence[str], after: Sequence[str]) -> Form | None:
    """The word as a finite verb that agrees with the subject, where it is no noun there."""
    word = after[0]
    found = [f for f in forms(word) if f.tense in ("s", "base", "past")]
    fitting = [f for f in found if f.tense == "past" or _agrees(subject, word, f.tense)]
    if not fitting or len(after) < 2 or after[1] in BE | MODALS | HAVE:
        return None
    governs = after[1] in goes_with(fitting[0].base)
    if is_noun_too(word) and not governs and not _starts_object(after[1]):
        return None
    if fitting[0].tense == "past" and _finite_follows(after[1:]):
        return None  # "The eels tagged in May swam on": the first one is no finite verb
    return fitting[0]


def _starts_object(word: str) -> bool:
    return word in _DETERMINERS | {"that", "to"} or word[0].isupper() or word[0].isdigit()


def _finite_follows(words: Sequence[str]) -> bool:
    for word in words:
        if word in _SUBORDINATE or word.endswith(","):
            return False
        if word in BE | MODALS | HAVE or any(f.tense == "s" for f in forms(word)) and not is_noun_too(word):
            return True
        tenses = {f.tense for f in forms(word)}
        if tenses == {"past"}:
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


def is_plural(subject: Sequence[str]) -> bool | None:
    """Whether a subject is plural; None where it does not show ("Riot Games")."""
    head = head_of(subject)
    if base_of(subject[0].lower(), "ing"):
        return False
    if "and" in subject[: subject.index(head) if head in subject else len(subject)]:
        return True
    if head.lower() in ("people", "men", "women", "children", "police", "data", "media", "mice"):
        return None if head.lower() in ("data", "media") else True
    if not re.search(r"[^su'i]s\Z", head) or head.lower() in ("news", "series", "species"):
        return False
    return None if head[0].isupper() else True


def head_of(phrase: Sequence[str]) -> str:
    """The noun that a noun phrase is about: the last word before its first preposition."""
    stop = next((i for i, w in enumerate(phrase) if i and w.lower() in _PREPOSITIONS), len(phrase))
    return phrase[stop - 1].strip('",')


def subject_words(subject: Sequence[str], casing: Casing) -> tuple[str, ...] | None:
    """The words of a clean noun phrase as they stand in mid-sentence, or None."""
    words = [w if w == "US" else w.lower() for w in subject]
    if len(subject) > MAX_SUBJECT or (len(words[0]) == 2 and words[0].endswith(".")):
        return None
    vague = _VAGUE - ({"and", "only"} if "way" in words else {"and"})
    if set(words) & (_PRONOUNS | vague) or words[-1] in _PREPOSITIONS | _DETERMINERS:
        return None
    if words[0] in _PREPOSITIONS | {"and"} or "".join(subject).count('"') % 2:
        return None
    if any(w in _PREPOSITIONS and w not in _INNER for w in words) or _broken(words):
        return None
    if not all(_is_nominal(w, i, words) for i, w in enumerate(words)):
        return None
    if words[-1].isdigit() and words[-2:-1] == ["in"]:
        return None
    if _NOT_NOUNS.search(head_of(words)) or head_of(words)[0].isdigit():
        return None
    if base_of(words[0], "ing"):
        return (words[0], *subject[1:])
    first = casing.inner(subject[0], subject[1:2])
    return None if first is None else (first, *subject[1:])


def _broken(words: Sequence[str]) -> bool:
    """Whether a noun phrase begins anew within: "the moment the model"."""
    before = _PREPOSITIONS | {"and", "&"}
    return any(
        w in _DETERMINERS and words[i] not in before and not base_of(words[i], "ing")
        for i, w in enumerate(words[1:])
    )


def _is_nominal(word: str, at: int, words: Sequence[str]) -> bool:
    """Whether a word of a subject can be part of a noun phrase and can be no verb there."""
    if word in BE | MODALS | HAVE or word in ("be", "been", "do", "does", "did"):
        return False
    before = words[at - 1] if at else ""
    tenses = {f.tense for f in forms(word)}
    if before == "to" and "base" in tenses:
        return is_one("leading_to", words[at - 2].removesuffix("s"))
    if not tenses or is_noun_too(word):
        return True
    if tenses <= {"ing"} and (not at or before in _PREPOSITIONS):  # "for selling chips"
        return True
    if tenses <= {"ing"} or tenses <= {"past", "participle"}:  # "the growing debt"
        return before in _DETERMINERS and at < len(words) - 1
    return False


def is_phrase(words: Sequence[str], most: int = 8) -> bool:
    """Whether the words can be carried into a question as they stand: nothing leans, none is cut."""
    lower = [w.lower().strip('"') for w in words]
    return (
        len(words) <= most
        and not any("," in w for w in words)
        and not set(lower) & (_PRONOUNS | _NEGATED | {"because", "if", "but", "so"})
        and "".join(words).count('"') % 2 == 0
        and (not lower or lower[-1] not in _PREPOSITIONS | _DETERMINERS | _SUBORDINATE)
    )


def starts_noun_phrase(words: Sequence[str]) -> bool:
    """Whether an object begins here, as far as closed classes tell."""
    if not words:
        return False
    word = words[0].lower().strip('"')
    closed = _PREPOSITIONS | _SUBORDINATE | _PRONOUNS | _NEGATED
    return word not in closed and not word.endswith("ly") and word not in ("up", "out", "off", "down", "away", "back")

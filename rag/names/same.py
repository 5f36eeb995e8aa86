"""Which names of a document are of one person, organisation, place or thing.

A short form is joined to a full one where it is that of no other: two Smiths stay two, and a lone
"Smith" then is of neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rag.names.tokens import cues

_SIGNS = re.compile(r"[.’'\u00ad]")
_HYPHENS = re.compile(r"[‑–]")
_ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
_SMALL = {"of", "the", "and", "for", "&", "de", "van", "von", "der"}


def name_key(spelling: str) -> tuple[str, ...]:
    """The words that tell a name from others: no titles, no legal forms, no signs."""
    own = cues()
    words = _HYPHENS.sub("-", spelling).split()
    while len(words) > 1 and words[0].rstrip(".") in own["titles"]:
        words = words[1:]
    while len(words) > 1 and words[-1].rstrip(".,") in own["legal"]:
        words = words[:-1]
    return tuple(_SIGNS.sub("", word).casefold().strip(",&") for word in words)


def may_be_short_for(short: str, full: str) -> bool:
    """Whether an abbreviation behind a name is of it: its letters stand there, in order.

    Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical
    text" (PSB 2003): the first one begins a word.
    """
    letters = _SIGNS.sub("", short)
    in_order = ".*".join(map(re.escape, letters))
    return bool(_ACRONYM.match(letters) and re.search(rf"(?i)\b{in_order}", full))


def same_names(
    spellings: Collection[str],
    persons: Collection[tuple[str, ...]],
    defined: Mapping[str, str] | None = None,
) -> dict[str, tuple[str, ...]]:
    """For each spelling the key that it goes by; a spelling that may be of several has none.

    `persons` are the keys that are taken for those of people; `defined` are spellings that the text
    itself says to be short for others.
    """
    by_key: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for spelling in spellings:
        by_key[name_key(spelling)].append(spelling)
    into: dict[tuple[str, ...], tuple[str, ...] | None] = {}
    full = [key for key in by_key if len(key) > 1]
    for key, own in by_key.items():
        told = {name_key(name) for s in own if (name := (defined or {}).get(s))} - {key}
        found = [*told] or _fuller(key, own, full, persons)
        if len(found) == 1:
            into[key] = found[0]
        elif found:
            into[key] = None
    joined: dict[str, tuple[str, ...]] = {}
    for key, own in by_key.items():
        end = _followed(key, into)
        if end is not None:
            joined |= dict.fromkeys(own, end)
    return joined


def _followed(
    key: tuple[str, ...], into: Mapping[tuple[str, ...], tuple[str, ...] | None]
) -> tuple[str, ...] | None:
    seen = {key}
    while key in into:
        following = into[key]
        if following is None or following in seen:
            return following if following is None else key
        key = following
        seen.add(key)
    return key


def _fuller(
    key: tuple[str, ...],
    own: Sequence[str],
    full: Sequence[tuple[str, ...]],
    persons: Collection[tuple[str, ...]],
) -> list[tuple[str, ...]]:
    """The fuller names that this one may be short for."""
    if len(key) == 1:
        if any(_ACRONYM.match(_SIGNS.sub("", spelling)) for spelling in own):
            return [k for k in full if _initials(k) == key[0]]
        titled = any(" " in s and s.split()[0].rstrip(".") in cues()["titles"] for s in own)
        return [
            k
            for k in full
            if len(k[0]) > 1
            and ((k in persons and key[0] in (k[0], k[-1])) or (titled and key[0] == k[-1]))
        ]
    if len(key[0]) == 1:  # an initial
        return [
            k for k in full if k != key and k[-1] == key[-1] and k[0][0] == key[0] and len(k[0]) > 1
        ]
    return [k for k in full if len(k) > len(key) and k[-len(key) :] == key]


def _initials(key: Sequence[str]) -> str:
    return "".join(word[0] for word in key if word and word not in _SMALL)

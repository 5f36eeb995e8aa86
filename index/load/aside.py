"""Words of a file that are no part of its text: nobody may say that they stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from index.folded import folded
from index.load.formats import Parsed

ASIDE = "aside"  # the key of a document's `meta`


def with_aside(parsed: Parsed, said: Iterable[str]) -> Parsed:
    """The text, and in its `meta` those words of `said` that neither holds, each once."""
    known = set(folded("\n".join((parsed.text, *parsed.meta.values()))).split())
    aside: dict[str, None] = {}
    for one in said:
        if not known.issuperset(folded(one).split()):  # few are: no word of the others is looked at
            words = (word for word in one.split() if not known.issuperset(folded(word).split()))
            aside |= dict.fromkeys(words)
    return parsed._replace(meta={**parsed.meta, ASIDE: " ".join(aside)}) if aside else parsed

"""Words of a file that are no part of its text: nobody may say that they stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from index.language import folded
from index.load.formats import Parsed

ASIDE = "aside"  # the key of a document's `meta`
MOST = 1_000_000  # characters of them: more is no document's margin


def with_aside(parsed: Parsed, said: Iterable[str]) -> Parsed:
    """The text, and in its `meta` those words of `said` that neither holds, each once."""
    known = set(folded("\n".join((parsed.text, *parsed.meta.values()))).split())
    aside: dict[str, None] = {}
    for one in said:
        if not known.issuperset(folded(one).split()):  # few are: no word of the others is looked at
            words = (word for word in one.split() if not known.issuperset(folded(word).split()))
            aside |= dict.fromkeys(words)
    kept = " ".join(aside)[:MOST]
    return parsed._replace(meta={**parsed.meta, ASIDE: kept}) if kept else parsed

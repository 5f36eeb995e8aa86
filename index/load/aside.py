"""Words of a file that are no part of its text: nobody may say that they stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable

from index.folded import folded
from index.load.formats import Parsed

ASIDE = "aside"  # the key of a document's `meta`


def with_aside(parsed: Parsed, said: Iterable[str]) -> Parsed:
    """The text, and in its `meta` those words of `said` that neither holds, each once."""
    known = set(folded("\n".join((parsed.text, *parsed.meta.values()))).split())
    words = dict.fromkeys(word for one in said for word in one.split())
    aside = " ".join(word for word in words if not known.issuperset(folded(word).split()))
    return parsed._replace(meta={**parsed.meta, ASIDE: aside}) if aside else parsed

"""Which words of a question a collection does not say, by its dictionary alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.language import Query, folded
from index.search import Mention, Missing, Surroundings, Where, where_of

if TYPE_CHECKING:
    from index.engines.opened import OpenCollection


LONGER = 20  # stems of which a word is a part, at most, that are looked for


def find_unheard(query: Query, opened: OpenCollection) -> Missing:
    """The words that stand nowhere, and where others stand that no sentence says.

    What `find_missing` says, but for what the dictionary does not know: a part of a word is looked
    for in stems, and no text is read but that of the one document that is named.
    """
    known = opened.dictionary
    forms: dict[str, set[str]] = {}
    for own in query.asked(opened.statistics.languages).values():
        for written, stem in own:
            forms.setdefault(written, set()).add(stem)
    nowhere: list[str] = []
    mentions: list[Mention] = []
    seen: set[str] = set()
    for written, stems in forms.items():
        if stems <= seen or any(map(known.is_said, stems)):
            continue
        seen |= stems
        around = sorted(known.around[stem] for stem in stems if stem in known.around)
        longer = known.longer(folded(written), LONGER)
        if any(known.is_said(one) and folded(one) in map(folded, stems) for one in longer):
            continue  # "café", for "cafe"
        if around:
            number, count = around[0]
            surroundings = Surroundings(opened.passages)
            where = where_of(stems, folded(written), surroundings, number)
            source = opened.documents[number].source
            mentions.append(Mention(written, source, where, count - 1))
        elif any(map(known.often, stems)):
            continue  # passages are found by it
        elif holding := sorted(opened.with_stems(longer)):
            source = opened.documents[holding[0]].source
            mentions.append(Mention(written, source, Where.LONGER_WORD, len(holding) - 1))
        else:
            nowhere.append(written)
    return Missing(tuple(nowhere), tuple(mentions))

"""Who's who: whom and what documents name, each once, with what they say of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from index import Document, Span, Storing, letters
from rag.citations import Citation
from rag.compose import cite_sentence, places_of
from rag.names import (
    DocumentName,
    NameKind,
    NameScores,
    document_names,
    kind_of_name,
    may_be_of,
    name_key,
    read_names,
)
from rag.overview import CitedOverview

MOST, EACH = 20, 3  # names, and quotations of each, where no other number is asked for
SPELLINGS = 4  # that are told
_TELLS = re.compile(r",? (?:is|was|are|were|has|had|will|which|who|the|a|an)\b|,")


class WhoRequest(NamedTuple):
    """What is asked for: those called `name`, "" for all, of this `kind`.

    With `unclear` also what has no clear kind and may be of this one. `skip` are passed over, and
    of `most` of them `each` has so many quotations.
    """

    name: str = ""
    kind: NameKind | None = None
    skip: int = 0
    most: int = MOST
    each: int = EACH
    unclear: bool = False


class CitedNames(NamedTuple):
    """Citations under the names, and how many names there would be in all."""

    cited: CitedOverview
    number: int


class _Mention(NamedTuple):
    document: int
    span: Span
    sentence: Span


class _Named(NamedTuple):
    """One name of all documents, by its spellings and their counts."""

    key: tuple[str, ...]
    kind: NameKind
    scores: NameScores
    spellings: Counter[str]
    mentions: list[_Mention]

    @property
    def label(self) -> str:
        """The fullest spelling, and the others."""
        of_key = [s for s in self.spellings if name_key(s) == self.key] or list(self.spellings)
        name = max(of_key, key=lambda s: (self.spellings[s], len(s), s))
        others = [s for s, _ in self.spellings.most_common() if s != name][:SPELLINGS]
        also = f" (also {', '.join(others)})" if others else ""
        return f"{self.kind.value.capitalize()}: {name}{also}"

    @property
    def order(self) -> tuple[float, tuple[str, ...]]:
        """Those that are named most often first; of what has no clear kind it counts for less."""
        count = len({(m.document, m.sentence) for m in self.mentions})
        return -count * self.kind.weight, self.key


def who_is_who(
    retriever: Storing,
    documents: Sequence[Document],
    request: WhoRequest,
    kept: Sequence[Any] = (),
) -> CitedNames:
    """Whom and what `documents` name, by kind, those named most often first.

    `kept` is what `NamesAnnotator.annotate` gave of each document; what is missing is made now.
    """
    named = [one for one in _named(retriever, documents, kept) if _is_asked(one, request)]
    named.sort(key=lambda one: one.order)
    shown = named[request.skip : request.skip + request.most]
    kinds = list(NameKind)
    shown.sort(key=lambda one: (kinds.index(one.kind), one.order))
    labelled = ((one.label, _quoted(retriever, documents, one, request.each)) for one in shown)
    cited = CitedOverview().with_more((label, own) for label, own in labelled if own)
    return CitedNames(cited._replace(confidence=float(bool(cited.citations))), len(named))


def _is_asked(one: _Named, request: WhoRequest) -> bool:
    if request.kind not in (None, one.kind):
        is_unclear = request.unclear and one.kind is NameKind.OTHER
        if not (is_unclear and may_be_of(request.kind, one.scores)):
            return False
    if not request.name:
        return True
    asked = set(name_key(request.name))
    return any(asked <= set(name_key(spelling)) for spelling in one.spellings)


def _named(
    retriever: Storing, documents: Sequence[Document], kept: Sequence[Any]
) -> Iterator[_Named]:
    """The names of all documents; those of two are the same where their fullest spelling is."""
    groups: dict[tuple[str, ...], list[tuple[int, DocumentName]]] = defaultdict(list)
    for number, document in enumerate(documents):
        read = read_names(kept[number]) if number < len(kept) else None
        for one in document_names(retriever, document) if read is None else read:
            groups[name_key(_spelling(document, one.mentions[0].span))].append((number, one))
    for key, own in groups.items():
        spellings: Counter[str] = Counter()
        mentions = []
        for number, one in own:
            for mention in one.mentions:
                spellings[_spelling(documents[number], mention.span)] += 1
                mentions.append(_Mention(number, *mention))
        scores = np.mean([one.scores for _, one in own], axis=0)
        yield _Named(key, kind_of_name(scores), scores, spellings, mentions)


def _spelling(document: Document, span: Span) -> str:
    return " ".join(document.cut(span).split())


def _quoted(
    retriever: Storing, documents: Sequence[Document], one: _Named, most: int
) -> list[Citation]:
    """What is said of a name: the sentences that tell most of it first, none twice."""
    names: dict[tuple[int, Span], list[Span]] = defaultdict(list)
    for mention in one.mentions:
        names[mention.document, mention.sentence].append(mention.span)
    ranked = sorted(
        names, key=lambda place: (-_tells(documents[place[0]], place[1], names[place]), place)
    )
    found: list[Citation] = []
    said: set[str] = set()
    for number, sentence in ranked:
        document = documents[number]
        place = places_of(retriever, document).get(sentence)
        words = "".join(letters(document.cut(sentence)))
        if place is None or words in said:
            continue
        said.add(words)
        row, at = place
        score = _tells(document, sentence, names[number, sentence])
        found.append(
            cite_sentence(retriever.passages[row], at, sorted(names[number, sentence]), score)
        )
        if len(found) == most:
            break
    return found


def _tells(document: Document, sentence: Span, names: Sequence[Span]) -> float:
    """How much a sentence tells of a name: it is about it, says what it is, and is no fragment."""
    first = min(names)
    length = sentence.end - sentence.start
    is_subject = first.start - sentence.start <= len("The ")
    told = bool(_TELLS.match(document.text, first.end, min(sentence.end, first.end + 12)))
    is_whole = 40 <= length <= 300
    return 1.0 * is_subject + 0.8 * (told and is_subject) + 0.6 * is_whole

"""A comparison: what each side says, under its name, and which of it agrees or differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf

from index import Span, Storing
from rag.citations import Citation
from rag.comparison.quoting import names, readings_of, sureness
from rag.comparison.relating import RelatedPair, related
from rag.comparison.sides import ComparedSide, ComparisonRequest, comparison_of, each_of
from rag.compose import Composed, Material, choose, summarize
from rag.kinds import CitationPair, PairKind, QuestionKind, kind_of
from rag.overview import CitedOverview, representatives
from rag.query import AskedQuestion
from rag.readings import Reading

EACH = 4  # sentences of a side
MANY = 6  # sides, at most
SEARCHED = 60  # passages that are looked at for those that say most
FEW = 4  # sides, of which those are shown, too, of which nothing was found

TOGETHER = "Together"  # what names all that is compared

Place = tuple[str, Span]


def compose_comparison(material: Material) -> Composed | None:
    """Each side's best quotations on the topic, and which of them agree or differ.

    None where the question names no two sides, or nothing is found of any.
    """
    request = comparison_of(material.asked, material.names)
    if request is None and kind_of(material.asked) is not QuestionKind.COMPARISON:
        request = each_of(material.names.documents, material.asked.text)  # it is to be read so
    if request is None:
        return None
    if len(request.sides) > MANY:
        request = request._replace(sides=_fewer(material, request))
    read = {side: readings_of(material, side, request.topic) for side in request.sides}
    read = _with_shared({side: own for side, own in read.items() if own or len(read) <= FEW})
    if not any(read.values()):
        return None
    sides = list(read.values())
    pairs = related(material.retriever, material.asked.text, sides)
    pairs.sort(key=lambda pair: pair.kind is not (request.wanted or PairKind.DIFFER))
    labelled = [(side.label, _quoted(material, own, pairs)) for side, own in read.items()]
    found = CitedOverview().with_more(labelled)
    told = tuple(_numbered(found.citations, pairs))
    sure = max(sureness(r) for own in sides for r in own)
    return Composed(found.citations, groups=found.groups, confidence=sure, pairs=told)


def _fewer(material: Material, request: ComparisonRequest) -> tuple[ComparedSide, ...]:
    """The sides that say most about the topic or, without one, that speak for the others."""
    retriever = material.retriever
    if not isinstance(retriever, Storing):
        return request.sides[:MANY]
    table = retriever.passages
    by_id = {d.id: side for side in request.sides for d in side.documents}
    if request.topic:
        hits = retriever.search(AskedQuestion(request.topic), SEARCHED)
        ids = dict.fromkeys(hit.passage.document.id for hit in hits)
    else:
        numbers = [n for id_ in by_id if (n := table.number(id_)) is not None]
        rows = {n: table.rows_of(n) for n in numbers}
        chosen = representatives(retriever.stored, rows, MANY)
        ids = dict.fromkeys(table.documents[n].id for n in chosen)
    return tuple(by_id[id_] for id_ in ids if id_ in by_id)[:MANY]


def _with_shared(read: Mapping[ComparedSide, list[Reading]]) -> dict[ComparedSide, list[Reading]]:
    """The sides and, before them, the sentences that name all of the things that are compared."""
    things = [side.thing for side in read if not side.documents]
    if len(things) < len(read):
        return dict(read)
    every = {_place(r): r for own in read.values() for r in own}
    shared = {at: r for at, r in every.items() if all(names(r, t, itself=True) for t in things)}
    rest = {s: [r for r in own if _place(r) not in shared] for s, own in read.items()}
    both = {ComparedSide(TOGETHER): sorted(shared.values(), key=lambda r: -r.score)}
    return {**(both if shared else {}), **rest}


def _quoted(
    material: Material, readings: Sequence[Reading], pairs: Sequence[RelatedPair]
) -> list[Citation]:
    """The quotations of a side: those that agree or differ stand first, in the order of pairs."""
    if not readings:
        return []
    ranks = {_place(r): at for at, pair in reversed(list(enumerate(pairs))) for r in pair.both}
    first = sorted(readings, key=lambda r: ranks.get(_place(r), len(pairs)))
    cited = summarize(choose(material.asked, first, EACH, inf))
    return sorted(cited, key=lambda c: min(ranks.get(p, len(pairs)) for p in _places(c)))


def _numbered(citations: Sequence[Citation], pairs: Sequence[RelatedPair]) -> list[CitationPair]:
    """The pairs of which both sentences are quoted, each pair of quotations once."""
    numbers = {place: c.number for c in citations for place in _places(c)}
    found: dict[tuple[int, int], CitationPair] = {}
    for pair in pairs:
        one, other = sorted(numbers.get(_place(reading), 0) for reading in pair.both)
        if one and other:
            found.setdefault((one, other), CitationPair(pair.kind, one, other))
    return sorted(found.values(), key=lambda pair: pair.numbers)


def _place(reading: Reading) -> Place:
    return reading.hit.passage.document.id, reading.span


def _places(citation: Citation) -> list[Place]:
    return [(citation.document.id, part) for part in citation.parts]

"""What `ibid eval` measured, as text: the table, the misses, and the errors of the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ui.show.text import count, one_line, visible, wrap

if TYPE_CHECKING:
    from rag import Citation, Report
    from rag.evaluation import ExpectedQuote, Judgement, Share

TABLE = {
    "Questions that the documents answer": {
        "right_best": "right in the best quotation",
        "right_any": "right in any quotation",
        "wrong": "answered with other quotations",
        "abstained_wrongly": "abstained wrongly",
        "retrieved": "right passage retrieved",
    },
    "Questions that they do not answer": {
        "abstained_rightly": "abstained rightly",
        "answered_wrongly": "answered wrongly",
    },
    "Questions of which a condition is known": {"met": "met", "unmet": "not met"},
    "All questions": {"right": "right"},
}
LONGEST = 300  # characters of a quote; the JSON has the whole
MOST_PLACES = 3
_LABEL, NARROWEST = 14, 40  # columns


def report_text(report: Report, *, width: int | None = None) -> str:
    """The table, then each miss: what was expected and where it stands, what was quoted instead.

    `width` wraps to that many characters, None leaves each quote on one line.
    """
    blocks = [_heading(report), _table(report), _sums(report)]
    if report.misses:
        blocks.append(f"Misses: {len(report.misses):,}")
        blocks += [_block(j, _miss(j), width) for j in report.misses]
    if report.faulty:
        blocks.append(f"Quotes not in the documents: {_faulty_quotes(report):,}")
        blocks += [_block(j, _faults(j), width) for j in report.faulty]
    return "\n\n".join(filter(None, blocks))


def _heading(report: Report) -> str:
    asked = f"{count(len(report.judgements), 'question')}, {count(report.documents, 'document')}"
    left_out = sum(j.answer is None for j in report.judgements)
    return f"{asked}; {count(left_out, 'question')} not counted" if left_out else asked


def _table(report: Report) -> str:
    lines = []
    for group, rows in TABLE.items():
        shares = [report.shares[name] for name in rows]
        if shares[0].total:
            lines.append(group)
            lines += [_row(label, s) for label, s in zip(rows.values(), shares, strict=True)]
    head = f"{'':<33}{'count':>14}{'share':>7}   95% interval"
    return "\n".join([head, *lines]) if lines else ""


def _row(label: str, share: Share) -> str:
    counts = f"{share.count:,} of {share.total:,}"
    low, high = share.interval or (0, 1)
    return f"  {label:<31}{counts:>14}{share.value:>7.0%}   {low:.0%} to {high:.0%}"


def _sums(report: Report) -> str:
    lines = []
    if report.answers:
        quotations, characters = report.median_quotations, report.median_characters
        noun = "quotation" if quotations == 1 else "quotations"
        lines.append(f"Median answer: {quotations:g} {noun}, {characters:,.0f} characters")
    measured = report.calibration
    if measured:
        lines.append(
            f"Calibration error of confidence (ECE): {measured.error:.3f}, {measured.bins} bins"
        )
    return "\n".join(lines)


def _faulty_quotes(report: Report) -> int:
    return sum(bool(e.fault) for j in report.faulty for e in (*j.expected, *j.unexpected))


def _block(judgement: Judgement, lines: Iterable[tuple[str, str]], width: int | None) -> str:
    """The question, and under it what is said of it, each with its label."""
    asked = judgement.question
    return "\n".join(
        [wrap(f"{one_line(asked.id)}  {one_line(asked.text)}", width, "", "  ", least=NARROWEST)]
        + [
            wrap(text, width, f"  {label:<{_LABEL - 2}}", " " * _LABEL, least=NARROWEST)
            for label, text in lines
        ]
    )


def _miss(judgement: Judgement) -> Iterator[tuple[str, str]]:
    answer = judgement.answer
    assert answer is not None  # what was not asked is no miss
    if judgement.question.anything:
        yield "expected", "an answer"
    elif not judgement.expected and not judgement.unexpected:
        yield "expected", "no answer"
    yield from _quotes("expected", judgement.expected)
    both = zip(judgement.unexpected, judgement.quoted_unexpected, strict=True)
    yield from _quotes("unexpected", [quote for quote, quoted in both if quoted])
    if judgement.expected:
        place, looked_at = judgement.passage, count(len(answer.hits), "passage")
        yield "retrieved", f"passage {place} of {len(answer.hits)}" if place else f"no; {looked_at}"
    yield from _cited("quoted", answer.citations)
    yield from _cited("closest", answer.closest)
    yield "confidence", f"{answer.confidence:.2f}"


def _faults(judgement: Judgement) -> Iterator[tuple[str, str]]:
    for label, quotes in (
        ("expected", judgement.expected),
        ("unexpected", judgement.unexpected),
    ):
        for one in quotes:
            if one.fault:
                yield label, _quote(one.quote)
                yield "", visible(one.fault)


def _quotes(label: str, quotes: Sequence[ExpectedQuote]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(quotes):
        yield "" if number else label, _quote(one.quote)
        yield "", _places(one)


def _cited(label: str, citations: Sequence[Citation]) -> Iterator[tuple[str, str]]:
    for number, citation in enumerate(citations):
        yield "" if number else label, _quote(citation.quote)
        yield "", visible(citation.place)


def _places(expected: ExpectedQuote) -> str:
    if expected.fault:
        return visible(expected.fault)
    shown = ", ".join(str(place) for place in expected.places[:MOST_PLACES])
    more = len(expected.places) - MOST_PLACES
    return visible(shown) + (f" and {count(more, 'other place')}" if more > 0 else "")


def _quote(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"

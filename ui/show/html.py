"""An Answer and its documents as HTML. Pure functions; every word of others is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from ui.show.abstaining import abstention_lines
from ui.show.phrases import (
    ALSO_IN,
    CLOSEST,
    PERHAPS,
    QuotedLine,
    also_of,
    asked_as_of,
    beside_of,
    context_of,
    groups_of_answer,
    lines_of,
    members_left,
    named_of,
    noted_of,
    nothing_of,
    pairs_of,
    read_as_of,
    tally_of,
    trail_of,
)
from ui.show.plain import one_line, visible

if TYPE_CHECKING:
    from index import Document
    from rag.answers import Answer
    from rag.citations import Citation

Under = Callable[["Citation"], str]  # what stands under a quotation

# Braces, "$", "`" and "\" too: no template language may find its own signs in what we insert.
_ENTITIES = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'`{}$\\"})


def escape(text: str) -> str:
    """`text` for HTML content and quoted attributes, inert for template languages as well."""
    return visible(text, keep="\n\t").translate(_ENTITIES)


def nothing(citation: Citation) -> str:
    """What stands under a quotation where nothing can be done with it."""
    return ""


def to_html(answer: Answer, *, advice: str = "", switch: str = "", under: Under = nothing) -> str:
    """A fragment of HTML: quotations grouped by source, each with a link of class "cite".

    Where they stand under labels, a source's title is a heading under the label. `advice` is HTML
    that stands in an abstention, before the closest passages; `switch` stands behind what says as
    which kind the question was read; `under` gives what stands under each quotation.

    The link has `data-number` (the citation's number) and `data-document` (the document's id);
    `document_html` marks the same numbers.
    """
    asked_as = "".join(
        f'<p class="asked-as" dir="auto">{escape(said)}</p>'
        for said in (asked_as_of(answer), named_of(answer))
        if said
    )
    if answer.citations:
        kind = "answer perhaps" if answer.perhaps else "answer"
        read_as, tally = escape(read_as_of(answer)), escape(tally_of(answer))
        head = f'<p class="read-as">{read_as}{switch}</p>' if read_as else ""
        head += f'<p class="tally" dir="auto">{tally}</p>' if tally else ""
        head += f'<p class="doubt">{PERHAPS}</p>' if answer.perhaps else ""
        if pairs := pairs_of(answer):
            head += f'<p class="pairs">{pairs}</p>'
        groups = "".join(
            _labelled(answer, label, own, under) for label, own in groups_of_answer(answer)
        )
        if answer.kind.has_sides:
            groups = f'<div class="sides">{groups}</div>'
        return f'<div class="{kind}">{asked_as}{head}{groups}</div>'
    if answer.reply:
        return f'<div class="answer reply">{_reply(answer.reply.lines)}</div>'
    first, *others = map(escape, abstention_lines(answer))
    unknown = "".join(f'<p class="unknown">{line}</p>' for line in others)
    closest = f'<p class="closest">{CLOSEST}</p>{_by_source(answer, answer.closest, under)}'
    return (
        f'<div class="answer abstained">{asked_as}'
        f'<p class="not-answered">{first}</p>{unknown}{advice}'
        f"{closest if answer.closest else ''}</div>"
    )


def _reply(lines: Sequence[str]) -> str:
    """Paragraphs, and lists of the lines that begin with a dash."""
    parts = []
    for is_item, group in groupby(lines, lambda line: line.startswith("- ")):
        said = [escape(one_line(line.removeprefix("- "))) for line in group]
        tag = "li" if is_item else "p"
        inner = "".join(f'<{tag} dir="auto">{line}</{tag}>' for line in said)
        parts.append(f"<ul>{inner}</ul>" if is_item else inner)
    return "".join(parts)


def _labelled(answer: Answer, label: str, citations: Sequence[Citation], under: Under) -> str:
    if not label:
        return _by_source(answer, citations, under)
    head = f'<h3 class="label" dir="auto">{escape(label)}</h3>'
    inner = (
        _by_source(answer, citations, under, "h4", but=label)
        if citations
        else f"<p>{nothing_of(answer)}</p>"
    )
    return f'<section class="group">{head}\n{inner}</section>\n'


def _by_source(
    answer: Answer,
    citations: Sequence[Citation],
    under: Under,
    heading: str = "h3",
    *,
    but: str = "",
) -> str:
    """The quotations under the titles of their documents, of which that of the label is none."""
    shown = []
    for document, group in groupby(citations, key=lambda citation: citation.document):
        title = one_line(document.title)
        head = f'<{heading} class="title" dir="auto">{escape(title)}</{heading}>\n'
        inner = "".join(_html_citation(answer, citation, under) for citation in group)
        shown.append(f'<section class="source">{"" if title == but else head}{inner}</section>')
    return "\n".join(shown)


def _html_citation(answer: Answer, citation: Citation, under: Under) -> str:
    context = escape(context_of(citation))
    before = f'<p class="context" dir="auto">(before it: {context})</p>' if context else ""
    trail = "".join(f'<bdi class="heading">{escape(h)}</bdi> · ' for h in trail_of(citation)[1:])
    return (
        f'<figure class="citation">{before}'
        f'\n<blockquote dir="auto">{quoted_html(citation)} {cite_link(citation)}</blockquote>'
        f'<figcaption>{trail}<bdi class="place">{escape(visible(citation.place))}</bdi>'
        f"{also_html(citation)}{_noted(citation)}{_beside(answer, citation)}{under(citation)}"
        "</figcaption></figure>\n"
    )


def quoted_html(citation: Citation) -> str:
    """The words; of a list the first members, and the others behind a summary that opens."""
    lines = lines_of(citation)
    lead = "".join(_words(line) for line in lines if not line.mark)
    members = [
        f'<li><span class="mark">{escape(line.mark)}</span> <span>{_words(line)}</span></li>'
        for line in lines
        if line.mark
    ]
    if not members:
        return lead
    left = members_left(citation)
    shown, others = members[: len(members) - left], members[len(members) - left :]
    opened = f"<details><summary>and {left:,} more</summary>{_members(others)}</details>"
    return f"{lead}{_members(shown)}{opened if others else ''}"


def _members(items: Sequence[str]) -> str:
    return f'<ul class="members">{"".join(items)}</ul>'


def _words(line: QuotedLine) -> str:
    return "".join(
        f"<strong>{escape(piece)}</strong>" if i % 2 and piece else escape(piece)
        for i, piece in enumerate(line.pieces)
    )


def also_html(citation: Citation) -> str:
    """The other sources that say the same, where there are any."""
    names, more = also_of(citation)
    shown = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in names)
    return f'<span class="also">{ALSO_IN} {shown}{more}</span>' if names else ""


def _noted(citation: Citation) -> str:
    said = escape(noted_of(citation))
    return f'<span class="older" dir="auto">{said}</span>' if said else ""


def _beside(answer: Answer, citation: Citation) -> str:
    """How it stands to other quotations, with the links to them."""
    numbered = {c.number: c for c in answer.citations}
    told = (
        f"{word} {' '.join(cite_link(numbered[n], f', which it {word},') for n in own)}"
        for word, own in beside_of(answer, citation.number)
    )
    shown = "; ".join(told)
    return f'<span class="beside">{shown}</span>' if shown else ""


def cite_link(citation: Citation, which: str = "") -> str:
    """The [n] that leads to a quotation's place; `which` tells it from another one, by name."""
    n = citation.number
    return (
        f'<a href="#cite-{n}" class="cite" role="button" data-number="{n}" '
        f'data-document="{escape(citation.document.id)}" aria-label="Show quotation {n}{which} '
        f'in its document">[{n}]</a>'
    )


def document_html(
    document: Document,
    citations: Sequence[Citation],
    active: int | None = None,
    *,
    stretch: tuple[int, int] | None = None,
) -> str:
    """The whole document as HTML, what `citations` quote of it in <mark>; others are ignored.

    Or a `stretch` of it; what it does not hold whole is ignored as well.

    A mark's `data-number` lists the numbers it belongs to ("1", or "1 2" where quotations
    overlap); the first mark of quotation n has the id "cite-n"; those of `active` have the class
    "active". Newlines are kept: show it with `white-space: pre-wrap`. Where a page begins stands an
    empty element of class "folio" whose `data-page` is the page's name.
    """
    cited = [c for c in citations if c.document == document]
    first, last = stretch or (0, len(document.text))
    cited = [c for c in cited if first <= c.start and c.end <= last]
    pages = {page.start: page.name for page in document.pages if first <= page.start < last}
    bounds = (e for c in cited for e in (c.start, c.end))
    parts = []
    for start, end in pairwise(sorted({first, last, *bounds, *pages})):
        if start in pages:
            parts.append(f'<i class="folio" data-page="{escape(pages[start])}"></i>')
        text = escape(document.text[start:end].replace("\r\n", "\n").replace("\r", "\n"))
        here = [c for c in cited if c.start <= start and end <= c.end]
        parts.append(_mark(text, here, start, active) if here else text)
    return "".join(parts)


def _mark(text: str, here: Sequence[Citation], start: int, active: int | None) -> str:
    """One stretch that is quoted by all of `here`; ids go where a quotation starts."""
    first, *others = [f' id="cite-{c.number}"' for c in here if c.start == start] or [""]
    anchors = "".join(f"<span{name}></span>" for name in others)
    numbers = " ".join(str(c.number) for c in here)
    style = ' class="active"' if any(c.number == active for c in here) else ""
    return f'{anchors}<mark{first} data-number="{numbers}"{style}>{text}</mark>'

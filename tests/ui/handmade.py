"""Documents and citations made by hand."""

from __future__ import annotations

from index.types import Document, Span, text_id
from rag.answers import Answer
from rag.citations import Citation

LIGHTHOUSE = """The Keeper's Notebook

The lamp

The lamp was lit at dusk. It burned colza oil until 1874,
when the Board sent paraffin.

The fog bell

• Two strokes mean "keep away".
• Three strokes mean that the boat is out.
"""
HARBOUR = "Harbour dues\n\nA brig paid 12 shillings & 6 pence. Coal ships paid nothing <1870.\n"


def cite(
    document: Document,
    quote: str,
    number: int,
    *,
    score: float = 0.5,
    context: str = "",
    headings: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
) -> Citation:
    """The citation of the first place where `quote` stands."""
    span = span_of(document, quote)
    return Citation(
        document,
        *span,
        span_of(document, context) if context else None,
        score,
        number,
        headings,
        (span,),
        also=also,
    )


def span_of(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(start, start + len(words))


def hostile(payload: str) -> Answer:
    """The question, and the title, file name, author and text of what it quotes."""
    document = Document(text_id(payload), payload, payload, payload, {"author": payload})
    cited = cite(document, payload, 1, headings=(f"§ {payload}",), also=(payload,))
    return Answer(payload, (cited,), (), 0.9)

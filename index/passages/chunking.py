"""Document to passages: whole sentences of one section, up to a number of tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice

from index.language import as_shown, clean, letters_before, word_end
from index.layout import is_number, layout
from index.passages.texts import LABELS, MAX_PREFIX, prefix_of
from index.pieces import Kind, Piece
from index.types import Document, Passage, Sentence, Span

MAX_TOKENS = 180
_SOME = 200  # sections

CountTokens = Callable[[Sequence[str]], list[int]]


def split(document: Document, count_tokens: CountTokens, limit: int = 256) -> list[Passage]:
    """The passages of `document`; every sentence is in exactly one.

    `count_tokens` counts the encoder's tokens; `limit` is the most it reads at once. A passage
    has at most 180 tokens, fewer where the limit less its title and headings is lower.
    """
    passages: list[Passage] = []
    sections = _sections(document, layout(document))
    while some := list(islice(sections, _SOME)):  # of brief ones many are counted in one call
        prefixes = count_tokens([prefix_of(document.title, headings) for headings, _ in some])
        spans = (sentence.span for _, sentences in some for sentence in sentences)
        counts = iter(count_tokens([clean(document.cut(span)) for span in spans]))
        for (headings, sentences), prefix in zip(some, prefixes, strict=True):
            room = max(16, min(MAX_TOKENS, limit - 4 - prefix))
            counted = zip(sentences, counts, strict=False)
            passages += _pack(document, headings, counted, count_tokens, room)
    return passages


def _sections(
    document: Document, pieces: Sequence[Piece]
) -> Iterator[tuple[tuple[str, ...], list[Sentence]]]:
    """Runs of sentences under one heading path; a title in mid-text starts a section too."""
    path: list[tuple[int, str]] = []
    run: list[Sentence] = []
    lead: Span | None = None
    previous: Piece | None = None
    below = False  # whether nothing stands between a heading and what comes
    for piece in pieces:
        signed = piece.role in LABELS
        if run and piece.kind is Kind.SENTENCE and signed != (run[-1].role in LABELS):
            yield _path(path, run), run  # bylines speak of the document, not of their section
            run = []
        if piece.kind in (Kind.HEADING, Kind.TITLE):
            if run:
                yield _path(path, run), run
            run, lead, previous = [], None, None
            if piece.kind is Kind.HEADING:
                level = piece.level or 7  # a guessed heading ends a guessed one only
                above = path[-1:] if below else []
                path = [(n, h) for n, h in path if n < level]
                if above and above[0][0] == level and is_number(above[0][1]):
                    path += above  # "Article 34", and what it is about on the next line
                path.append((level, _heading(document, piece)))
            below = piece.kind is Kind.HEADING
        elif piece.kind is Kind.SENTENCE:
            below = False
            if piece.role != "item":
                lead = None
            elif previous is not None and previous.role in ("body", "repeated"):
                lead = (
                    Span(previous.start, previous.end) if _introduces(document, previous) else None
                )
            run.append(Sentence(piece.start, piece.end, lead, piece.role))
            previous = piece
    if run:
        yield _path(path, run), run


def _path(path: Sequence[tuple[int, str]], run: Sequence[Sentence]) -> tuple[str, ...]:
    return () if run[0].role in LABELS else tuple(heading for _, heading in path)


def _introduces(document: Document, piece: Piece) -> bool:
    """A sentence above a list introduces it when it is short enough to stand before each item."""
    return piece.end - piece.start <= 300


def _heading(document: Document, piece: Piece) -> str:
    start, end = piece.start, piece.end
    if end - start > MAX_PREFIX:  # no more of it is read, and it stands above many passages
        end = word_end(document.text, start, start + MAX_PREFIX)
    lines = document.text[start:end].splitlines() or [""]
    return clean(lines[0]).rstrip("# ").strip("*_ ")


def _pack(
    document: Document,
    headings: tuple[str, ...],
    counted: Iterable[tuple[Sentence, int]],
    count_tokens: CountTokens,
    room: int,
) -> Iterator[Passage]:
    fitting = chain.from_iterable(_fit(document, s, n, count_tokens, room) for s, n in counted)
    run: list[Sentence] = []
    used = 0
    for sentence, tokens in fitting:
        if run and used + tokens > room:
            yield Passage(document, run[0].start, run[-1].end, tuple(run), headings)
            run, used = [], 0
        run.append(sentence)
        used += tokens
    if run:
        yield Passage(document, run[0].start, run[-1].end, tuple(run), headings)


def _fit(
    document: Document, sentence: Sentence, tokens: int, count_tokens: CountTokens, room: int
) -> Iterator[tuple[Sentence, int]]:
    """The sentence, halved at a space until each part has room in a passage; with its tokens."""
    start, end = sentence.span
    # characters say little of tokens: NFKC makes 18 of one, a Hangul syllable is three
    if tokens <= room or end - start == 1:
        yield sentence, tokens
        return
    # by letters: the halves are the same words whatever spaces and markup stand between them
    counts = letters_before(as_shown(document.cut(sentence.span)))
    inner = bisect_right(counts, counts[-1] // 2) - 1 if counts[-1] > 1 else (end - start) // 2
    middle = start + min(max(inner, 1), end - start - 1)
    stop = word_end(document.text, start, middle)
    for part in ((start, stop), (stop, end)):
        raw = document.text[part[0] : part[1]]
        first = part[0] + len(raw) - len(raw.lstrip())
        if raw.strip():
            half = sentence._replace(start=first, end=first + len(raw.strip()))
            count = count_tokens([clean(document.cut(half.span))])[0]
            yield from _fit(document, half, count, count_tokens, room)

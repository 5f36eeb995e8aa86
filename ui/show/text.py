"""An Answer as text, Markdown and JSON. Pure functions: they print and serve nothing.

Documents, file names and questions are not trusted. Each format neutralises them in its own way:
no escape sequence reaches a terminal, no markup a page.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from index import Mention, Where

if TYPE_CHECKING:
    from index import Failure
    from rag.types import Answer, Citation

NOT_ANSWERED = "The documents do not answer this."
NOWHERE = "Nowhere in the documents:"
LEFT_OUT, IN_PART, AS_IT_WAS = "left out", "read in part:", "kept as it was:"
NOT_READ = "Not looked in, since not read:"
NOWHERE_ASKED = "Nowhere in the documents that were asked:"
UNQUOTED = "Not among the words that can be quoted:"
NONE_ASKED = "No document was asked."
CLOSEST = "Closest passages, not an answer:"
ASKED_AS = "Asked as:"
ALSO_IN = "also in:"
SHOWN = 3  # of the other sources
KINDS_SHOWN = 5  # of files that were not read

# Control characters (terminals act on C0, DEL and C1), line separators, overrides and isolates of
# the writing direction (they show words in another order than they stand), lone surrogates.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_BOLD, _DIM, _CYAN, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"


def visible(text: str, keep: str = "") -> str:
    """`text` with every hidden character written out: ESC as ␛, U+202E as <U+202E>.

    The characters of `keep` stay as they are.
    """
    return _HIDDEN.sub(lambda found: found[0] if found[0] in keep else _name(found[0]), text)


def _name(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's pictures of the control characters
    return f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """Words on one line: how a text was broken into lines is not part of what it says."""
    return visible(" ".join(text.split()))


def pieces_of(citation: Citation) -> list[str]:
    """The quotation on one line, in pieces: plain words and emphasised ones by turns."""
    quote = citation.quote
    line = " ".join(quote.split())
    edges = [edge - citation.start for span in citation.emphasis for edge in span]
    # a letter put at the edge keeps the space before it
    ats = [min(len(" ".join(f"{quote[:e]}x".split())) - 1, len(line)) for e in edges]
    return [visible(line[a:b]) for a, b in pairwise([0, *ats, len(line)])]


def trail_of(citation: Citation) -> list[str]:
    """Title and heading path; a heading that repeats the title is left out."""
    title = one_line(citation.document.title)
    return [title, *(h for h in map(one_line, citation.headings) if h != title)]


def context_of(citation: Citation) -> str:
    return one_line(citation.document.cut(citation.context)) if citation.context else ""


def also_of(citation: Citation) -> tuple[list[str], str]:
    """The first of the other sources that say the same, and how many more there are."""
    shown, rest = citation.also[:SHOWN], len(citation.also[SHOWN:])
    return [visible(source) for source in shown], f" and {rest:,} more" if rest else ""


def fate_of(failure: Failure) -> str:
    """What became of a file that something is wrong with, before its reason."""
    if failure.is_kept:
        return AS_IT_WAS
    return IN_PART if failure.partly else LEFT_OUT


def counts_of(counts: Mapping[str, int], most: int = KINDS_SHOWN) -> str:
    """What was not read, by kind: "10 .png, 2 .doc, 1 ignored folder"."""
    first = [
        f"{count:,} {visible(kind)}{'s' * (count > 1 and kind.endswith(('folder', 'file')))}"
        for kind, count in [*counts.items()][:most]
    ]
    rest = sum([*counts.values()][most:])
    return ", ".join(first) + (f" and {rest:,} other{'s' * (rest > 1)}" if rest else "")


def not_answered(answer: Answer) -> str:
    """That the documents do not answer, or that none was asked."""
    return NOT_ANSWERED if answer.scope is None or answer.scope.asked else NONE_ASKED


def left_out_of(answer: Answer) -> str:
    """How many documents were not asked, where some were left out."""
    left_out = answer.scope.left_out if answer.scope else 0
    if not left_out:
        return ""
    return f"{left_out:,} {'document was' if left_out == 1 else 'documents were'} left out."


def unknown_of(answer: Answer) -> str:
    nowhere = NOWHERE_ASKED if answer.scope and answer.scope.left_out else NOWHERE
    return f"{nowhere} {', '.join(map(one_line, answer.unknown))}." if answer.unknown else ""


_PLACES = {
    Where.TITLE: "in the title of",
    Where.HEADING: "in a heading of",
    Where.FURNITURE: "in a menu, a footer or the like of",
    Where.METADATA: "in what is known of",
    Where.LEFT_OUT: "in what is left out of",
    Where.FILE_NAME: "in the file name",
    Where.LONGER_WORD: "inside a longer word of",
}


def unquoted_of(answer: Answer) -> str:
    """Where the words stand that occur, but in no sentence."""
    return f"{UNQUOTED} {'; '.join(map(_mention, answer.unquoted))}." if answer.unquoted else ""


def _mention(mention: Mention) -> str:
    files = "file" if mention.more == 1 else "files"
    more = f", and in {mention.more:,} more {files}" if mention.more else ""
    source, place = one_line(mention.source), _PLACES[mention.where]
    return f"{one_line(mention.word)} ({place} {source}{more})"


def said_of(answer: Answer) -> list[str]:
    """What is said of an abstention, a line each: why, which of its words are
    missing, and last what was not read."""
    lines = (not_answered, left_out_of, unknown_of, unquoted_of, not_read_of)
    return [said for line in lines if (said := line(answer))]


def not_read_of(answer: Answer) -> str:
    """What was not looked in, since it is not read; "" for nothing."""
    return f"{NOT_READ} {counts_of(dict(answer.not_read))}" if answer.not_read else ""


def asked_as_of(answer: Answer) -> str:
    return f"{ASKED_AS} {one_line(answer.asked_as)}" if answer.asked_as else ""


def to_text(
    answer: Answer, *, color: bool = False, width: int | None = None, listing: str = ""
) -> str:
    """For a terminal: each quotation with its [n], then where it stands.

    `color` adds ANSI colours; `width` wraps to that many characters, None leaves each
    quotation on one line. `listing` is the command that lists what is not read.
    """
    blocks = [wrap(asked_as_of(answer), width) if answer.asked_as else ""]
    blocks += [_text_citation(c, f"[{c.number}]", color, width) for c in answer.citations]
    if not answer:
        said = said_of(answer)
        if listing and answer.not_read:
            said[-1] += f"; see each: {listing}"
        blocks.append("\n".join(wrap(line, width) for line in said))
        blocks.append(CLOSEST if answer.closest else "")
        blocks += [_text_citation(c, "", color, width) for c in answer.closest]
    return "\n\n".join(filter(None, blocks))


def _text_citation(citation: Citation, mark: str, color: bool, width: int | None) -> str:
    def paint(text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if color and text else text

    context = context_of(citation)
    also, more = also_of(citation)
    quote = wrap(f"{one_line(citation.quote)} {mark}".rstrip(), width)
    words, at = "", 0
    for i, piece in enumerate(pieces_of(citation)):
        wrapped = quote[at : at + len(piece)]  # of the same length: a line ends for a space
        words += paint(wrapped, _BOLD) if i % 2 else wrapped
        at += len(piece)
    lines = [
        paint(wrap(f"(before it: {context})", width), _DIM) if context else "",
        words + quote[at:].removesuffix(mark) + paint(mark, _BOLD),
        paint(wrap(" › ".join(trail_of(citation)), width, "    ", "    "), _DIM),
        "    " + paint(visible(citation.place), _CYAN),  # not wrapped: it is copied and clicked
        paint(wrap(f"{ALSO_IN} {', '.join(also)}{more}", width, "    ", "    "), _DIM)
        if also
        else "",
    ]
    return "\n".join(filter(None, lines))


def in_place(answer: Answer, citation: Citation, *, width: int | None = None) -> str:
    """A quotation between » and « in the passage it was found in, and what proves it."""
    document, passages = citation.document, [hit.passage for hit in answer.hits]
    around = next(
        (p for p in passages if p.document == document and p.start <= citation.start < p.end),
        citation,
    )
    before = document.text[around.start : citation.start]
    shown = f"{before}»{citation.quote}«{document.text[citation.end : around.end]}"
    lines = [
        wrap(one_line(shown), width),
        wrap(" › ".join(trail_of(citation)), width, "    ", "    "),
        f"    {visible(citation.place)}, characters {citation.start:,} to {citation.end:,}",
        f"    text sha256 {document.id[:16]}…",
    ]
    return "\n".join(lines)


def wrap(
    text: str, width: int | None, first: str = "", others: str = "", *, least: int = 20
) -> str:
    """`text` in lines of `width` characters, though not under `least`; None is one line.

    `first` goes before the first line and `others` before the rest.
    """
    if width is None:
        return first + text
    return textwrap.fill(
        text, max(width, least), initial_indent=first, subsequent_indent=others,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def to_json(answer: Answer) -> str:
    """`answer.to_dict()`, indented; docs/cli.md says what each field means."""
    return json_text(answer.to_dict())


def json_text(data: Mapping[str, Any]) -> str:
    """`data` as indented JSON.

    Hidden characters are written as JSON escapes, so reading it back gives the same strings.
    """
    written = json.dumps(data, ensure_ascii=False, indent=2)
    # json.dumps has escaped every newline inside a string: those left are its own
    return _HIDDEN.sub(lambda c: c[0] if c[0] == "\n" else f"\\u{ord(c[0]):04x}", written)


def to_markdown(answer: Answer) -> str:
    """CommonMark: each quotation as a block quote with its [n], its source under it."""
    blocks = [markdown(asked_as_of(answer))]
    blocks += [_markdown_citation(c, f" [{c.number}]") for c in answer.citations]
    if not answer:
        blocks += map(markdown, said_of(answer))
        blocks.append(CLOSEST if answer.closest else "")
        blocks += [_markdown_citation(c, "") for c in answer.closest]
    return "\n\n".join(filter(None, blocks))


def _markdown_citation(citation: Citation, mark: str) -> str:
    context = context_of(citation)
    title, *headings = map(markdown, trail_of(citation))
    also, more = also_of(citation)
    blocks = [
        f"(before it: {markdown(context)})" if context else "",
        f"> {markdown(one_line(citation.quote))}{mark}",
        f"{' › '.join([f'**{title}**', *headings])} ({_code(visible(citation.place))})",
        f"{ALSO_IN} {', '.join(map(_code, also))}{more}" if also else "",
    ]
    return "\n\n".join(filter(None, blocks))


def markdown(line: str) -> str:
    """One line with everything that Markdown or HTML would act on escaped."""
    line = re.sub(r"([\\`*_\[\]{}|~$])", r"\\\1", line)
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"^(\d*)([#+\-=.)])", r"\1\\\2", line)


def _code(text: str) -> str:
    """A code span, fenced by more backticks than the text has in a row."""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"`{text}`" if fence == "`" else f"{fence} {text} {fence}"


def count(n: int, noun: str) -> str:
    """`1 passage`, `1,200 passages`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def size(n: int) -> str:
    """Bytes as megabytes."""
    return f"{n / 1e6:,.1f} MB"

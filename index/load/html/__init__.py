"""HTML: what a reader sees of a page, without its menus.

selectolax parses. Of the words read here trafilatura keeps 89% (a caption, a date and notes go);
inscriptis and markitdown keep 99%, with a sixth more of menus and footers; none says a cell with
its label, but for one in ten (`python -m benchmarks.libraries`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from index.errors import EmptyDocument, UnreadableDocument
from index.failures import Failure
from index.language import letters
from index.load.decode import decode
from index.load.formats import Parsed
from index.load.unseen import Unseen
from index.load.writer import Writer, with_title
from index.types import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

NAME = "html"
VERSION = 7

_CHARSET = re.compile(
    rb"""(?i)<(?:meta\b[^>]{0,200}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)"""
)
_HEAD = 4096  # bytes in which a page says its encoding
_TELLING = 8  # letters of a heading that names the page
_NULS = 0.05  # of a page's bytes: more are no accident


def read(data: bytes, source: str, known: Mapping[str, str]) -> Iterator[Parsed | Failure]:
    """The page's one text; its title stands first where no heading of the text says it.

    What no reader of the page sees is a Failure.
    """
    unseen = Unseen()
    parsed = page(page_text(data, source), unseen)
    if not parsed.text and b"<frame" in data.lower():
        raise UnreadableDocument(f"{source}: it only shows other pages; add those")
    if not parsed.text:
        raise EmptyDocument(
            f"{source}: there is no text in it; if a script writes it, save the page as the "
            "browser shows it"
        )
    yield parsed
    yield from unseen.failures(source)


def page(text: str, unseen: Unseen) -> Parsed:
    """What a reader sees of a page, and what it says of itself; the rest is counted."""
    from index.load.aside import with_aside
    from index.load.html.blocks import write
    from index.load.html.main import left_out_of, main_of
    from index.load.html.meta import meta_of
    from index.load.html.tree import parse, texts
    from index.load.html.unseen import take_out

    root = parse(text)
    said = texts(root)
    frames = root.css_first("frameset")
    if frames is not None:  # it has no text but this, which the parser leaves as it is
        instead = frames.css_first("noframes")
        root = parse(instead.text() if instead is not None else "")
    take_out(root, unseen)
    main = main_of(root)
    meta = meta_of(root, main)
    writer = Writer()
    write(main, writer, left_out_of(main))
    return with_aside(_headed(writer.parsed(meta), root, meta["title"]), said)


def _headed(parsed: Parsed, root: Node, title: str) -> Parsed:
    """The text with the page's title first, unless a heading of it says it."""
    whole = letters(title)
    heads = [b for b in parsed.blocks if b.kind is BlockKind.HEADING]
    said = (letters(parsed.text[b.body : b.end]) for b in heads)
    named = any((len(head) >= _TELLING and head in whole) or head == whole for head in said)
    if not (parsed.text and whole) or named or sum(b.level == 1 for b in heads) == 1:
        return parsed
    for node in root.css("h1")[:5]:  # it stands outside the main text, without the site's name
        own = " ".join(node.text().split())
        if len(letters(own)) >= _TELLING and letters(own) in whole:
            title = own
            break
    return with_title(parsed, title)


def page_text(data: bytes, source: str, declared: str = "") -> str:
    """The bytes of a page as text; `declared` is what was said of its encoding outside of it."""
    if 0 < data.count(0) < len(data) * _NULS:  # browsers pass over them
        data = data.replace(b"\x00", b"")
    found = _CHARSET.search(data[:_HEAD])
    return decode(data, source, declared or (found[1].decode("ascii") if found else ""))

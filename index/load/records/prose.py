"""A text that a value holds, with its own blocks: HTML, Markdown, or as it was written."""

from __future__ import annotations

import re

from index.load import markdown, text as plain
from index.load.writer import Writer
from index.types import Block, BlockKind

_HTML = re.compile(
    r"<(?:/(?:p|div|ul|ol|li|h[1-6]|table|tr|blockquote|pre|span|strong|em|b|i|a)|br ?/?)>", re.I
)
_MARKDOWN = re.compile(r"(?m)^(?:#{1,6} \S|```|~~~|\||> |\s{0,3}[-*] )|\*\*\w|\]\(\w")
_MARKS = ("#", "`", "~~~", "|", ">", "-", "*", "](")  # without any of them it is no Markdown
_APART = re.compile(r"[#>|`~*+-]|<|\d+[.)] ")  # what a lead would change the meaning of


def write_prose(writer: Writer, text: str, lead: str = "", *, apart: bool = False) -> None:
    """Add a text below what was added; `lead` stands before it, outside of its words if `apart`."""
    text = text.strip("\n").rstrip()
    if _HTML.search(text):
        if lead:
            writer.add(lead)
        _write_html(writer, text)
        return
    if lead and _APART.match(text):
        writer.add(lead)
        lead = ""
    said = lead + text
    marked = any(mark in text for mark in _MARKS) and _MARKDOWN.search(text)
    found = markdown.blocks(said) if marked else plain.blocks(said)
    writer.keep(said, _led(found, len(lead)) if lead and apart else found)


def _led(blocks: tuple[Block, ...], lead: int) -> tuple[Block, ...]:
    """The blocks, of which the first begins after what leads to it."""
    first, *others = blocks
    if first.end <= lead:
        return blocks
    kind = BlockKind.PARAGRAPH if first.kind is BlockKind.HEADING else first.kind
    return (first._replace(kind=kind, body=max(first.body, lead), level=0), *others)


def _write_html(writer: Writer, text: str) -> None:
    from index.load.html.blocks import write
    from index.load.html.tree import parse

    write(parse(text), writer, lambda node: False)

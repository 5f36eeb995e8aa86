"""The lines of a mail in HTML: as deep as its elements quote them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from index.load.html.blocks import write
from index.load.html.tree import is_silent, parse
from index.load.html.unseen import take_out
from index.load.mail.attribution import attributed
from index.load.mail.body import DEEPEST, MailLine
from index.load.unseen import Unseen
from index.load.writer import Writer
from index.types import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

# how mail programs mark what they repeat, the line above it, and the signature
_QUOTES = frozenset(("gmail_quote", "protonmail_quote", "yahoo_quoted"))
_NAMES = frozenset(("gmail_attr", "moz-cite-prefix"))
_SIGNATURES = frozenset(("gmail_signature", "moz-signature", "Signature"))
_NEAR = 20  # elements around a quotation, in which the one that marks it is looked for


class _Part(Enum):
    QUOTE = "quote"
    NAMES = "names"
    SIGNATURE = "signature"


def from_html(page: str, unseen: Unseen) -> list[MailLine]:
    """The lines of an HTML text; what of it nobody sees is counted."""
    root = parse(page)
    take_out(root, unseen)
    return attributed(_Reader().lines(root.css_first("body") or root))


class _Reader:
    """Goes through a page and notes, of each block, in which parts of the mail it stands."""

    def __init__(self) -> None:
        self._writer = Writer()
        self._parts: list[_Part] = []  # those that are open
        self._noted: list[tuple[_Part, ...]] = []  # those of each block

    def lines(self, root: Node) -> list[MailLine]:
        """What stands below `root`."""
        write(root, self._writer, self._enters)
        self._note()
        text, blocks, *_ = self._writer.parsed()
        found = []
        for block, parts in zip(blocks, self._noted, strict=True):
            signed = _Part.SIGNATURE in parts
            found.append(
                MailLine(
                    text[block.body : block.end],
                    BlockKind.RULE if signed else block.kind,
                    block.level,
                    text[block.start : block.body],
                    parts.count(_Part.QUOTE),
                    _Part.NAMES in parts and not signed,
                )
            )
        return found

    def _enters(self, node: Node) -> bool:
        """Whether an element is passed over: nobody sees it, or it is a part and written here."""
        if is_silent(node):
            return True
        part = _part_of(node) if len(self._parts) < DEEPEST else None
        if part is None:
            return False
        self._note()
        self._parts.append(part)
        write(node, self._writer, self._enters)
        self._note()
        self._parts.pop()
        return True

    def _note(self) -> None:
        """The blocks since the last time stand in the parts that are open."""
        self._noted += [tuple(self._parts)] * (len(self._writer) - len(self._noted))


def _part_of(node: Node) -> _Part | None:
    names = _names(node)
    if not _SIGNATURES.isdisjoint(names):
        return _Part.SIGNATURE
    if not _NAMES.isdisjoint(names):
        return _Part.NAMES
    if node.tag == "blockquote":
        return _Part.QUOTE if _is_quote(node) else None
    # between the quotations in it the writer may answer
    whole = not _QUOTES.isdisjoint(names) and node.css_first("blockquote") is None
    return _Part.QUOTE if whole else None


def _is_quote(node: Node) -> bool:
    """Whether a quotation is of a mail: others are the writer's own."""
    if node.attributes.get("type") == "cite":
        return True
    around: Node | None = node
    for _ in range(_NEAR):
        if around is None:
            break
        if not _QUOTES.isdisjoint(_names(around)):
            return True
        around = around.parent
    return False


def _names(node: Node) -> list[str]:
    held = node.attributes
    return [*(held.get("class") or "").split(), held.get("id") or ""]

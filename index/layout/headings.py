"""Which lines look like a heading, where no markup says so."""

from __future__ import annotations

from index.language import word_count
from index.types import Block, BlockKind

_NO_HEADING = ".!,;:…。！，；：、،؛۔।॥"  # a line that ends in one is a sentence, or leads to one


def looks_like_heading(text: str, block: Block) -> bool:
    """One short line that starts like a sentence and does not end like one."""
    if block.kind is not BlockKind.PARAGRAPH or block.end - block.start > 110:
        return False
    words = text[block.start : block.end].split()
    line = " ".join(words)
    if word_count(line) > 16 or "\n" in text[block.start : block.end]:
        return False
    last = line.rstrip("\"'”’)*_\u200e\u200f」』》）»")[-1:]
    first = line.lstrip("\"'“‘(*_0123456789.# ")[:1]
    return bool(last) and last not in _NO_HEADING and bool(first) and not first.islower()

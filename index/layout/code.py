"""Code and dumps: lines for a machine, which are quoted where they are asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from index.types import Block, BlockKind

# bytes in hexadecimal, with or without their place before and their letters behind; base64
_DUMP = re.compile(
    r"""(?x)
    (?:(?:0x)?[\da-fA-F]{4,16}:?[ \t]+)? (?:[\da-fA-F]{2,8}[ \t]{1,3}){7,}[\da-fA-F]{2,8}\b.*
    | (?:[\da-fA-F]{2}:){7,}[\da-fA-F]{2}:?
    | (?=[A-Za-z+/]*\d)(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[A-Za-z\d+/]{56,}={0,2}
    | [\da-fA-F]{40,} | -----(?:BEGIN|END)[ ][A-Z\d ]+-----"""
)
# what prose does not hold: a brace or a call that ends a line, operators, comments, prompts, flags
_CODE = re.compile(
    r"""(?x) [{}]\Z | [a-z_]{2}\((?!s\)).*\)[;:]\Z | \w\.[a-z_]\w*\( | \w::\w | </\w
    | (?:\A|\s)(?:==|!=|:=|\+=|-=|->|=>|&&|\|\||<<|>>)\s | \A(?:[$][ ]|>>>|\#!|//|/\*|\#include\b)
    | \s--[a-z][\w-]+ | \w[ ]?=[ ]?\S.*;\Z | \Aimport[ ][\w.]+;?\Z | \Afrom[ ]\S+[ ]import\b
    | \A(?:def|class|if|for|while|elif|fn|func)\b.*[:({]\Z(?<![a-z]:)"""
)
_PLAIN = re.compile(r"""["'“„‘(]*[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?"'”“’)]*""")
_SAYS = re.compile(r"[^\W\d_][.,;!?]+[\"'”’)]*(?:\s|\Z)")
_READ = (BlockKind.PARAGRAPH, BlockKind.ROWS)
_LONGEST = 1_000  # characters of a line that are looked at


def is_dump(line: str) -> bool:
    """Whether a line, without white space at its ends, holds bytes written out, and no words."""
    return bool(_DUMP.fullmatch(line[:_LONGEST]))


def is_code(lines: Sequence[str]) -> bool:
    """Whether half of the lines of a paragraph, two at least, have marks that prose has not."""
    marked = sum(bool(_CODE.search(line[:_LONGEST])) for line in lines)
    return marked > 1 and marked * 2 >= len(lines)


def is_prose_as_code(lines: Sequence[str]) -> bool:
    """Whether lines that a format calls code are sentences: a letter, a template, a poem."""
    words = [word for line in lines for word in line[:_LONGEST].split()]
    plain = sum(bool(_PLAIN.fullmatch(word)) for word in words)
    told = any(_SAYS.search(line[:_LONGEST]) for line in lines)
    return told and plain * 100 >= 85 * len(words) and len(words) >= 4 * len(lines)


def coded(words: Sequence[str], blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks that are code or a dump; `words` are their cleaned texts."""
    found: set[int] = set()
    for marked, run in groupby(range(len(blocks)), lambda i: blocks[i].kind is BlockKind.CODE):
        own = list(run)
        if not marked:
            found.update(i for i in own if blocks[i].kind in _READ and is_dump(words[i]))
        elif not is_prose_as_code([words[i] for i in own]):
            found.update(own)
    return frozenset(found)

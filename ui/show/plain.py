"""Plain text: nothing hidden is in it, its lines are wrapped, its numbers have their nouns."""

from __future__ import annotations

import re
import textwrap

# Control characters (terminals act on C0, DEL and C1), line separators, overrides and isolates of
# the writing direction (they show words in another order than they stand), lone surrogates.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str, keep: str = "") -> str:
    """`text` with every hidden character written out: ESC as ␛, U+202E as <U+202E>.

    The characters of `keep` stay as they are.
    """
    return HIDDEN.sub(lambda found: found[0] if found[0] in keep else _written_out(found[0]), text)


def _written_out(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)  # Unicode's pictures of the control characters
    return f"<U+{code:04X}>"


def one_line(text: str) -> str:
    """Words on one line: how a text was broken into lines is not part of what it says."""
    return visible(" ".join(text.split()))


def wrap(
    text: str, width: int | None, first: str = "", others: str = "", *, least: int = 20
) -> str:
    """`text` in lines of `width` characters, though not under `least`; None is one line.

    `first` goes before the first line and `others` before the rest.
    """
    if width is None:
        return first + text
    return textwrap.fill(
        text,
        max(width, least),
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def shortened(line: str, most: int) -> str:
    """A line of at most `most` characters; a longer one ends with an ellipsis beyond them."""
    return line if len(line) <= most else f"{line[:most].rstrip()}…"


def count(n: int, noun: str) -> str:
    """`1 passage`, `1,200 passages`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def size(n: int) -> str:
    """Bytes as megabytes."""
    return f"{n / 1e6:,.1f} MB"


def so_far(unencoded: int) -> str:
    """What is said of passages that have no vectors yet; "" of none."""
    verb = "is found by its" if unencoded == 1 else "are found by their"
    return f"{count(unencoded, 'passage')} {verb} words only so far" if unencoded else ""

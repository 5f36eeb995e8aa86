"""Lines to one text: what of a line's end is the page's, and what the writer's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

HYPHENS = "-‐\x02"  # the last is pdfium's, for one that stands at a line's end
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐\x02]\Z")
_TIGHT = re.compile(r"\w[-‐\x02—–/]\Z")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")  # scripts without spaces
_TWIN = frozenset("and or to und oder bis et ou e o y".split())  # "first- and second-class"

# of compounds, where a document has neither part elsewhere
_FIRST = frozenset("all cross ex full half high long low non self short well".split())


class Words:
    """The words of a document: they say whether a hyphen at a line's end is part of a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = Counter[str]()
        self._inside = False  # U+2010 stands in words, too: it is not the browser's at line ends
        ends: list[tuple[str, str]] = []
        tail = ""
        for line in lines:
            words = _WORD.findall(line)
            self._inside = self._inside or any("‐" in word for word in words)
            found = [_plain(word) for word in words]
            if tail and found and _WORD.match(line):
                ends.append((tail, found.pop(0)))  # half a word is no word
            broken = _TAIL.search(line)
            tail = _plain(broken[1]) if broken else ""
            self._known.update(found[:-1] if broken and found else found)
        said = Counter(self._said(*end) for end in ends)
        self._whole = said[False] > said[True]  # words are not parted in it

    def join(self, lines: Iterable[str]) -> tuple[str, list[int]]:
        """The text that lines make, and where in it each of them begins."""
        text, starts = "", list[int]()
        for line in lines:
            if text:
                text = self._end(text, line)
            starts.append(len(text))
            text += line
        return text.replace("\x02", "-"), starts

    def _end(self, text: str, line: str) -> str:
        """The text, ready for the next line: with a space, with a hyphen, or without."""
        tail, head = _TAIL.search(text[-80:]), _WORD.match(line)
        if tail and head:
            if head[0] in _TWIN:
                return text + " "
            return text[:-1] if self._is_parted(text[-1], tail[1], head[0]) else text
        close = _TIGHT.search(text[-2:]) or (_WIDE.match(text[-1]) and _WIDE.match(line))
        return text if close else text + " "

    def _is_parted(self, hyphen: str, tail: str, head: str) -> bool:
        """Whether the page's width parted a word here, rather than its writer."""
        upper = head[0].isupper() and not tail.isupper()
        tail, head = _plain(tail), _plain(head)
        said = self._said(tail, head)
        if said is not None or upper:
            return bool(said)
        if hyphen == "‐" and not self._inside:
            return True
        if self._whole or "-" in tail + head or (self._known[tail] and self._known[head]):
            return False
        return tail not in _FIRST

    def _said(self, tail: str, head: str) -> bool | None:
        """What the document's other words say of it; None: nothing."""
        whole, hyphened = self._known[tail + head], self._known[f"{tail}-{head}"]
        return whole > hyphened if whole or hyphened else None


def _plain(word: str) -> str:
    return word.lower().replace("‐", "-")

"""Lines to one text: what of a line's end is the page's, and what the writer's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from index.language import is_compound, is_twin

HYPHENS = "-‐\x02"  # the last is pdfium's, for one that stands at a line's end
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:[-‐][^\W\d_]+)*)[-‐\x02]\Z")
_TIGHT = re.compile(r"\S[-‐\x02—–/]\Z")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")  # scripts without spaces
_LONGEST = 80  # characters of a line's last word


class Vocabulary:
    """The words of a document: they say whether a hyphen at a line's end is part of a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = Counter[str]()
        self._inside = False  # U+2010 stands in words, too: it is not the browser's at line ends
        ends = 0
        tail = None
        whole: list[str] = []
        for line in lines:
            if line.isascii():
                found = _WORD.findall(line.lower())
            else:
                words = _WORD.findall(line)
                self._inside = self._inside or any("‐" in word for word in words)
                found = [_plain(word) for word in words]
            if tail and found and _WORD.match(line):
                ends += 1
                found.pop(0)  # half a word is no word
            tail = _TAIL.search(line[-_LONGEST:]) if line[-1:] in HYPHENS else None
            whole += found[:-1] if tail else found
        compounds = [word for word in whole if "-" in word]
        self._known.update(whole)
        self._known.update(part for word in compounds for part in word.split("-"))
        # by chance about one compound of ten stands at a line's end
        self._whole = ends * 8 <= len(compounds)

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
        tail, head = _TAIL.search(text[-_LONGEST:]), _WORD.match(line)
        if tail and head:
            if is_twin(tail[1], head[0]):
                return text + " "
            return text[:-1] if self._is_parted(text[-1], tail[1], head[0]) else text
        close = _TIGHT.search(text[-2:]) or (_WIDE.match(text[-1]) and _WIDE.match(line))
        return text if close else text + " "

    def _is_parted(self, hyphen: str, before: str, after: str) -> bool:
        """Whether the page's width parted a word here, rather than its writer."""
        known, both = self._known, _plain(f"{before}-{after}")
        tail, head = _plain(before).split("-")[-1], _plain(after).split("-")[0]
        whole, hyphened = known[tail + head], known[both] or known[f"{tail}-{head}"]
        if whole or hyphened:
            return whole > hyphened
        if after[0].isupper() and not before.isupper():
            return False
        if hyphen == "‐" and not self._inside:
            return True
        if self._whole or (known[tail] and known[head]):
            return False
        compound = "-" in before + after
        return not (known[tail] or known[head]) if compound else not is_compound(tail, head)


def _plain(word: str) -> str:
    return word.lower().replace("‐", "-")

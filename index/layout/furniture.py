"""Page furniture: what a web page says around its text. It stays in the text, never quoted.

A line is furniture when all of it is the talk of a page: a button, a menu, a notice, a call to
subscribe. A sentence that merely speaks *about* newsletters or cookies is not: every rule asks
for the whole line. Where a line stands is judged in `index.layout.context`.
"""

from __future__ import annotations

import re

from index.layout.phrases import whole, word

_BETWEEN = re.compile(r"\s+[|·•/›»>▾▸]\s+|\s*\|\s*")
_PICTURES = re.compile(r"[^\w\s.,;:!?'\"()\[\]{}|/·•›»>«‹<→←©@&#%$€£+=*~^…–—-]+")
_POINTER = re.compile(
    r"(?i)(?:meanwhile, |also, |for more[^,]*, |to (?:understand|learn|read|see)[^,]*, )?"
    r"(?:you can (?:find|read|see) (?:related|more|our|other)\b.*:"
    r"|(?:check out|read|see) (?:the|our|this) (?:\w+ ){0,2}"
    r"(?:analysis|articles?|stor(?:y|ies)|posts?|coverage|guide|interview|review)\b).*"
)
_LEADER = re.compile(r"(?:\.\s?){4}\w{1,6}\Z")
_INITIALS = re.compile(r"[A-Z]{2,3}")
_LONGEST = 45  # words of a notice
_BRIEF = 16  # words of a button


def is_furniture(line: str) -> bool:
    """Whether a whole line (cleaned, alone in its block) is the page's talk, not the text's."""
    line = line.strip("[]{}")
    words = line.split()
    if not any(c.isalnum() for c in line):
        return len(line) < 40
    if len(words) > _LONGEST or len(line) > _LONGEST * 10:
        return False
    if whole("notices").fullmatch(line) or is_menu(line) or _is_call(line, words):
        return True
    # a full stop ends a sentence: "Log in to your account." may be a text's own advice
    said = line.endswith((".", "!")[: 1 + (len(words) == 1)]) and not line.endswith("..")
    said = said and not (":" in line and len(words) <= 5)
    bare = _PICTURES.sub("", line).strip()
    return (
        len(words) <= _BRIEF
        and not said
        and any(map(whole("buttons", "leads").fullmatch, {line, bare}))
    )


def is_label(line: str) -> bool:
    """Whether a line is a word of menus, forms and footers: furniture outside a text."""
    return len(line) <= 60 and bool(whole("labels").fullmatch(line.strip("[]{}▾▸ ")))


def is_lead(line: str) -> bool:
    """Whether a line announces links to other pages ("Related articles")."""
    return bool(whole("leads").fullmatch(line))


def is_address(line: str) -> bool:
    """Whether a line speaks to the reader of an offer: a call, if it stands among furniture."""
    return bool(word("calls", "reader").search(line)) and bool(word("calls", "offer").search(line))


def is_entry(line: str) -> bool:
    """Whether dots lead from an entry to its page, as in a table of contents."""
    return (".." in line or ". ." in line) and bool(_LEADER.search(line))


def is_menu(line: str) -> bool:
    """Short entries in one line, with a menu's word among them, or most of them such words."""
    words = line.split()
    if len(words) >= 4 and line == line.rstrip(".,;:!?"):
        is_named = whole("labels").fullmatch
        if sum(bool(is_named(word)) for word in words) * 2 >= len(words):
            return all(word[0].isupper() for word in words if len(word) > 3)
    return (
        is_row(line)
        and any(map(_is_known, _entries(line)))
        and not any(
            c.isdigit() and not _is_known(part) for part in _entries(line)[1:] for c in part
        )
    )


def _is_known(entry: str) -> bool:
    return is_label(entry) or bool(whole("buttons", "leads").fullmatch(entry))


def is_row(line: str) -> bool:
    """Three or more short entries with separators between them."""
    parts = _entries(line)
    return len(parts) >= 3 and all(
        part and len(part.split()) <= 4 and not part.endswith((".", ",", ";")) for part in parts
    )


def _entries(line: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(line)]


def _is_call(line: str, words: list[str]) -> bool:
    """A call to subscribe: it begins as one, addresses the reader and speaks of delivery."""
    return (
        len(words) <= 30
        and bool(word("calls", "begins").match(line))
        and bool(word("calls", "reader").search(line))
        and len({m.group().lower() for m in word("calls", "offer").finditer(line)}) >= 2
    )


def is_pointer(sentence: str) -> bool:
    """A sentence inside the text that only leads to another page."""
    return bool(_POINTER.fullmatch(sentence)) and len(sentence.split()) <= 30


def is_initials(line: str, after: str) -> bool:
    """ "JD" above "Jane Doe": an avatar's letters."""
    return (
        bool(_INITIALS.fullmatch(line))
        and bool(after)
        and ("".join(w[0] for w in after.split()[:4]).startswith(line) and len(after.split()) <= 4)
    )

"""Page furniture: what a web page says around its text. It stays in the text, never quoted.

A line is furniture when all of it is the talk of a page: a button, a menu, a notice, a call to
subscribe. A sentence that merely speaks *about* newsletters or cookies is not: every rule asks
for the whole line. Where a line stands is judged in `index.zones`.
"""

from __future__ import annotations

import re

from index.phrases import BUTTONS, LABELS, LEADS, NOTICES, TALK, Phrases


def _compile(*tables: Phrases) -> re.Pattern[str]:
    """One pattern of all phrases; only marks may follow one."""
    phrases = [p for table in tables for group in table.values() for p in group]
    joined = "|".join(p.replace("…", ".{0,60}").replace(" ", r"\s+") for p in phrases)
    return re.compile(rf"(?i)(?:{joined})[\s.!:*…]*")


_NOTICE = _compile(NOTICES)
_BUTTON = _compile(BUTTONS, LEADS)
_LEAD = _compile(LEADS)
_LABEL = _compile(LABELS)
_BEGINS, _READER, _OFFER = (
    re.compile(rf"(?i)\b(?:{TALK[key]})\b") for key in ("begins", "reader", "offer")
)
_BETWEEN = re.compile(r"\s+[|·•/›»>▾▸]\s+|\s*\|\s*")
_PICTURES = re.compile(r"[^\w\s.,;:!?'\"()\[\]{}|/·•›»>«‹<→←©@&#%$€£+=*~^…–—-]+")
_POINTER = re.compile(
    r"(?i)(?:meanwhile, |also, |for more[^,]*, |to (?:understand|learn|read|see)[^,]*, )?"
    r"(?:you can (?:find|read|see) (?:related|more|our|other)\b.*:|(?:check out|read|see) (?:the|our|this)"
    r" (?:\w+ ){0,2}(?:analysis|articles?|stor(?:y|ies)|posts?|coverage|guide|interview|review)\b).*"
)
_INITIALS = re.compile(r"[A-Z]{2,3}")
_LONGEST = 45  # words of a notice
_BRIEF = 16  # words of a button


def is_furniture(line: str) -> bool:
    """Whether a whole line (cleaned, alone in its block) is the page's talk, not the text's."""
    line = line.strip("[]{}")
    words = line.split()
    if not any(c.isalnum() for c in line):
        return len(line) < 40
    if len(words) > _LONGEST:
        return False
    if _NOTICE.fullmatch(line) or is_menu(line) or _is_call(line, words):
        return True
    # a full stop ends a sentence: "Log in to your account." may be a text's own advice
    said = line.endswith(".") and not line.endswith("..") and len(words) > 2
    bare = _PICTURES.sub("", line).strip()
    return len(words) <= _BRIEF and not said and any(map(_BUTTON.fullmatch, (line, bare)))


def is_label(line: str) -> bool:
    """Whether a line is a word of menus, forms and footers: furniture outside a text."""
    return len(line) <= 60 and bool(_LABEL.fullmatch(line.strip("[]{}▾▸ ")))


def is_lead(line: str) -> bool:
    """Whether a line announces links to other pages ("Related articles")."""
    return bool(_LEAD.fullmatch(line))


def is_address(line: str) -> bool:
    """Whether a line speaks to the reader of an offer: a call, if it stands among furniture."""
    return bool(_READER.search(line)) and bool(_OFFER.search(line))


def is_menu(line: str) -> bool:
    """Three or more short entries with separators between them."""
    parts = [p.strip() for p in _BETWEEN.split(line)]
    return (
        len(parts) >= 3
        and all(p and len(p.split()) <= 4 and not p.endswith((".", ",", ";")) for p in parts)
        and not any(c.isdigit() for p in parts[1:] for c in p)
    )


def _is_call(line: str, words: list[str]) -> bool:
    """A call to subscribe: it begins as one, addresses the reader and speaks of delivery."""
    return (
        len(words) <= 30
        and bool(_BEGINS.match(line))
        and bool(_READER.search(line))
        and len({m.group().lower() for m in _OFFER.finditer(line)}) >= 2
    )


def is_pointer(sentence: str) -> bool:
    """A sentence inside the text that only leads to another page."""
    return bool(_POINTER.fullmatch(sentence)) and len(sentence.split()) <= 30


def is_initials(line: str, after: str) -> bool:
    """ "JD" above "Jane Doe": an avatar's letters."""
    return bool(_INITIALS.fullmatch(line)) and bool(after) and (
        "".join(w[0] for w in after.split()[:4]).startswith(line) and len(after.split()) <= 4
    )  # fmt: skip

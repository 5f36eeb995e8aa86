"""What files say of themselves, made plain: names, dates and languages, and no junk."""

from __future__ import annotations

import re
from datetime import date

_SPACE = re.compile(r"\s+")
_DATE = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?!\d)")
_YEAR = re.compile(r"1[4-9]\d\d|20\d\d")
_LANGUAGE = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*\Z)")
_NOBODY = frozenset(
    ("admin", "administrator", "anonymous", "author", "editor", "none", "null", "owner", "root",
     "unknown", "unknown author", "untitled", "user", "webmaster", "wordpress")
)  # fmt: skip
_LONGEST = 200


def name_of(said: str | None) -> str:
    """A name or a title in one line; "" for an address, a placeholder or a whole text."""
    name = _SPACE.sub(" ", said or "").strip()
    plain = name.casefold()
    if plain in _NOBODY or "://" in plain or len(name) > _LONGEST:
        return ""
    return name if any(map(str.isalpha, name)) else ""


def date_of(said: str | None) -> str:
    """The day (ISO 8601) that a timestamp begins with, or the year that it is; "" where neither."""
    found = _DATE.match(said or "")
    try:
        return date.fromisoformat(found[1]).isoformat() if found else _year(said or "")
    except ValueError:
        return ""


def _year(said: str) -> str:
    return said.strip() if _YEAR.fullmatch(said.strip()) else ""


def language_of(said: str | None) -> str:
    """The language of a tag such as "en-GB" (ISO 639), "" where it is none."""
    found = _LANGUAGE.match(said or "")
    return found[1].lower() if found and found[1].lower() not in ("und", "mul", "zxx") else ""

"""What a PDF says of itself, where it is not junk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

_TITLE_JUNK = re.compile(
    r"(?i)(?:untitled|unbenannt|sans titre|document|dokument|presentation|slide|layout|page|"
    r"powerpoint presentation|microsoft (?:word|excel|powerpoint)\b.*|no title|new document|"
    r"title|null|none|about:blank|(?:https?|file):.*|\S+\.[a-z]{2,5})[\s\d().-]*"
)
_AUTHOR_JUNK = re.compile(
    r"(?i)(?:administrator|admin|root|user|owner|unknown|author|anonymous|default|none|null|"
    r"microsoft.*|hp|dell|lenovo|pc|\W*|\S+@\S+)[\s\d]*"
)
_DATE = re.compile(r"(?:D:)?(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_].*)?")
_LONGEST = 300  # characters of a title
_PROGRAM = re.compile(r"(?i)microsoft (?:word|excel|powerpoint) - ")


def said(info: Mapping[str, str], source: str) -> dict[str, str]:
    """`title`, `author`, `date` (ISO 8601) and `language` (ISO 639-1) of a PDF's information.

    `info` has the file's own `Title`, `Author`, `CreationDate` and `Lang`. Left out: what
    programs fill in ("Microsoft Word - x.doc", "Administrator"), and names of files.
    """
    title = " ".join(_PROGRAM.sub("", info["Title"]).split())
    if (
        len(title) > _LONGEST
        or _TITLE_JUNK.fullmatch(title)
        or _plain(title) == _plain(Path(source).stem)
    ):
        title = ""
    author = " ".join(info["Author"].split())
    language = _LANGUAGE.fullmatch(info["Lang"])
    return {
        "title": title,
        "author": "" if _AUTHOR_JUNK.fullmatch(author) else author,
        "date": _day(info["CreationDate"]),
        "language": language[1].lower() if language else "",
    }


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).casefold().strip()


def _day(stamp: str) -> str:
    """The day of "D:20240131093000+01'00'", or ""."""
    match = _DATE.match(stamp)
    if match is None or not match[3]:
        return ""
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return ""
    return day.isoformat() if day.year > 1985 else ""  # clocks that were never set

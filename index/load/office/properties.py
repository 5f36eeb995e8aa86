"""What an office file says of itself, without what the program or a template says instead."""

from __future__ import annotations

import re
from datetime import date

from index.load.office.package import Package, local

_JUNK_TITLE = re.compile(
    r"(?i)microsoft \w+ - .*"
    r"|\S+\.(?:do[ct][xm]?|p[op]t[xm]?|pps[xm]?|xl[st][xm]?|od[tsp]|rtf|txt|pdf|html?)"
    r"|(?:powerpoint|office)[- ]\S+|.*\b(?:template|vorlage|modèle|plantilla)"
    r"|(?:new |neues? |nouveau )?(?:documento?|dokument|pr[eéä]senta[tcz]i[oó]n|book|mappe"
    r"|classeur|libro|slide|folie|title|titel|untitled|unbenannt|sans titre|sin título)?\s*\d*"
)
_JUNK_AUTHOR = re.compile(
    r"(?i)(?:admin(?:istrator)?|(?:microsoft |windows[- ])?(?:office[- ])?user|benutzer|unknown"
    r"|unbekannt|author|autor|owner|root|guest|gast|python-docx|steve canny|openpyxl|apache poi)?"
    r"|.*\d{4}.*"
)


def properties(package: Package) -> dict[str, str]:
    """Title, author, date and language; "" for what is not said.

    The date is the last change: the day of creation is often that of a file it was copied from.
    """
    part = package.linked("", "core-properties")
    root = package.xml(part) if part else ()
    said = {local(e): " ".join((e.text or "").split()) for e in root}
    title, author = said.get("title", ""), said.get("creator", "")
    language = re.split("[-_]", said.get("language", "").lower())[0]
    return {
        "title": "" if _JUNK_TITLE.fullmatch(title) else title,
        "author": "" if _JUNK_AUTHOR.fullmatch(author) else author,
        "date": _day(said.get("modified", "")) or _day(said.get("created", "")),
        "language": language if re.fullmatch("[a-z]{2}", language) else "",
    }


def _day(stamp: str) -> str:
    try:
        day = date.fromisoformat(stamp[:10])
    except ValueError:
        return ""
    return day.isoformat() if day.year > 1980 else ""  # 1601, 1970, 1980: clocks never set

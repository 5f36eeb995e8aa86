"""What a file says of itself, made plain: titles, names and days, and no junk.

More is junk in a field that a program fills in (`by_program`: those of office files and PDFs):
what the program calls a file that nobody named, the title of its template, the name of a file,
who owns the computer, the day at which a clock begins that was never set. People write "Layout",
"Node.js" and "3 May 1922" because they mean it. Languages are judged by `index.language.code_of`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_TITLE, _NAME, _DATE = 300, 1000, 100  # characters; what is longer is a text


def _phrases(lines: str) -> frozenset[str]:
    return frozenset(phrase for line in lines.split("\n") for phrase in line.split("|") if phrase)


_UNTITLED = _phrases("""
untitled|untitled document|untitled page|untitled presentation|untitled spreadsheet|no title|title
document|new document|none|null
unbenannt|unbenanntes dokument|ohne titel|titel|dokument|neues dokument
sans titre|document sans titre|nouveau document
sin título|documento sin título|documento|senza titolo|documento senza titolo
sem título|documento sem título|naamloos
""")
_UNTITLED_BY_PROGRAM = _UNTITLED | _phrases("""
book|layout|new presentation|page|presentation|scanned document|slide|workbook
folie|mappe|neue mappe|neue präsentation|präsentation
classeur|nouveau classeur|nouvelle présentation|présentation|présentation powerpoint
diapositiva|libro|presentación|presentación de powerpoint
apresentação|apresentação do powerpoint|presentazione|presentazione di powerpoint
""")
_NOBODY = _phrases("""
admin|administrator|anonymous|author|default|editor|guest|none|null|owner|root|unknown
unknown author|untitled|user|webmaster|wordpress|autor|benutzer|gast|unbekannt
""")
_NOBODY_BY_PROGRAM = _NOBODY | _phrases("""
apache poi|dell|hp|lenovo|office user|openpyxl|pc|python-docx|steve canny|windows user|windows-user
""")

_JOB = re.compile(r"(?i)\Amicrosoft (?:office )?\w+ - ")  # "Microsoft Word - pier.doc"
_SUFFIX = re.compile(
    r"(?i)\.(?:do[ct][xm]?|p[op]t[xm]?|pps[xm]?|xl[st][xm]?|od[tsp]|rtf|txt|pdf|e?ps|dvi|tex|html?"
    r"|md|pub|indd|qx[dp]|wp[ds]|cdr|ai|pages|numbers|key|tiff?|jpe?g|png|tmp)\Z"
)
_TEMPLATE = re.compile(
    r"about:.*|(?:powerpoint|office)[- ]\S+|.*\b(?:template|vorlage|modèle|plantilla)"
    r"|(?:new )?microsoft (?:office )?(?:word|excel|powerpoint)(?: (?:document|presentation))?"
)
_LOGIN = re.compile(r"microsoft\b.*|.*\d{4}.*")
_COUNT = re.compile(r"[\W\d_]+\Z")  # of "Document1" and "Slide (2)"

_MAIL = re.compile(r"(\S+)@(\S+)")
# of "Ida Holm <ida@pier.example> (https://pier.example)"
_ADDRESS = re.compile(r'(?:"([^"]*)"|(?<=\S)) ?[<(][^<>()\s]*(?:@|://)[^<>()\s]*[>)]')
_STAMP = re.compile(
    r"(?:D:)?(\d{4})([-/.]?)(\d\d)\2(\d\d)"
    r"(?:\Z|[TZ\s,;/+-]|(?<=D:\d{8})|(?<=\d{8})\d{6}(?!\d))",
    re.ASCII,
)
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?", re.ASCII)  # seconds, milliseconds
_FIRST, _LAST = 1000, 2099  # years that are believed, and
_WRITTEN = 1986  # the first one by a program's word: clocks begin in 1601, 1904, 1970 and 1980
_UNSET = ("1969-12-31", "1970-01-01")  # no seconds since 1970, as America and others see it


def title_of(said: str | None, *, by_program: bool = False) -> str:
    """A title in one line; "" for a placeholder, an address, a whole text."""
    title = " ".join((said or "").split())
    if len(title) > _TITLE:
        return ""
    if by_program:
        title = _JOB.sub("", title)
        stem = _SUFFIX.sub("", title)
        title = title if stem == title else stem if " " in stem else ""  # "pier_final.docx"
    known = title.casefold().strip("[](){}<>\"'“”*_.…- ")
    if by_program:
        known = "" if _TEMPLATE.fullmatch(known) else _COUNT.sub("", known)
    if known in (_UNTITLED_BY_PROGRAM if by_program else _UNTITLED):
        return ""
    return title if any(map(str.isalnum, known)) and "://" not in title else ""


def name_of(said: str | None, *, by_program: bool = False) -> str:
    """Who wrote or published, in one line; "" for a placeholder, a web address, a whole text.

    An e-mail address tells who it is, where no name stands before it.
    """
    name = " ".join((said or "").split())
    if len(name) > _NAME:
        return ""
    name = _ADDRESS.sub(r"\1", name)
    known = name.casefold()
    if mail := _MAIL.fullmatch(known):
        known = mail[1] if "." in mail[2] else ""  # "root@localhost" is nobody
    if by_program:
        known = "" if _LOGIN.fullmatch(known) else _COUNT.sub("", known)
    if known in (_NOBODY_BY_PROGRAM if by_program else _NOBODY):
        return ""
    return name if any(map(str.isalpha, known)) and "://" not in name else ""


def names_of(said: Iterable[str | None]) -> str:
    """Several names as one, each said once."""
    return ", ".join(dict.fromkeys(filter(None, map(name_of, said))))


def day_of(said: str | None, *, by_program: bool = False) -> str:
    """The day (ISO 8601) that a date or a timestamp names; "" for none.

    It reads ISO 8601 and the like, the stamps of PDFs ("D:20240131093000+01'00'"), of e-mails,
    and of programs (seconds since 1970), and English dates. A year, and a month of one, stay what
    they are.
    """
    said = (said or "").strip()
    if len(said) > _DATE:
        return ""
    try:
        day = _day(said)
    except (ValueError, TypeError, IndexError, OverflowError, OSError):  # parsedate raises them all
        return ""
    first = _WRITTEN if by_program else _FIRST
    return day if first <= int(day[:4]) <= _LAST and day not in _UNSET else ""


def _day(said: str) -> str:
    if _YEAR.fullmatch(said):
        return said
    if stamp := _STAMP.match(said):
        return date(int(stamp[1]), int(stamp[3]), int(stamp[4])).isoformat()
    if since := _EPOCH.fullmatch(said):
        return datetime.fromtimestamp(int(since[1]), UTC).date().isoformat()
    clock = "" if ":" in said else " 00:00"
    return parsedate_to_datetime(said + clock).date().isoformat()

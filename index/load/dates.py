"""The day that a format's field names, where it names one."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:\Z|[T\s].*)", re.DOTALL)
_EPOCH = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")  # seconds or milliseconds since 1970


def iso_day(said: str) -> str:
    """ "2021-05-03" of "2021-05-03T08:00Z", "Mon, 3 May 2021 08:00 +0200", "3 May 2021",
    "1620028800" and the like; "" of anything else.
    """
    said = said.strip()
    try:
        if match := _ISO.fullmatch(said):
            return date(*map(int, match.groups())).isoformat()
        if match := _EPOCH.fullmatch(said):
            return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""
    for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"):
        try:
            return datetime.strptime(said, form).date().isoformat()
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(said).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""

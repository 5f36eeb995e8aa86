"""What an office file says of itself, without what the program or a template says instead."""

from __future__ import annotations

from index.load.meta import day_of, name_of, title_of
from index.load.office.package import Package, local


def properties(package: Package) -> dict[str, str]:
    """Title, author, date and language; "" for what is not said.

    The date is the last change: the day of creation is often that of a file it was copied from.
    """
    part = package.linked("", "core-properties")
    root = package.xml(part) if part else ()
    said = {local(e): e.text or "" for e in root}
    days = (day_of(said.get(key), by_program=True) for key in ("modified", "created"))
    return {
        "title": title_of(said.get("title"), by_program=True),
        "author": name_of(said.get("creator"), by_program=True),
        "date": next(filter(None, days), ""),
        "language": said.get("language", ""),
    }

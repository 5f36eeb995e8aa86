"""What a PDF says of itself, where it is not junk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from index.language import letters
from index.load.meta import day_of, name_of, title_of


def said(info: Mapping[str, str], source: str) -> dict[str, str]:
    """`title`, `author`, `date` (ISO 8601) and `language` of a PDF's information.

    `info` has the file's own `Title`, `Author`, `CreationDate` and `Lang`. Left out: what
    programs fill in ("Microsoft Word - x.doc", "Administrator"), and the name of the file.
    """
    title = title_of(info["Title"], by_program=True)
    return {
        "title": "" if letters(title) == letters(Path(source).stem) else title,
        "author": name_of(info["Author"], by_program=True),
        "date": day_of(info["CreationDate"], by_program=True),
        "language": info["Lang"],
    }

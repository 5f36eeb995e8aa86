"""What an office file says of itself, without what the program or a template says instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from index.errors import UnreadableDocument
from index.load.meta import day_of, name_of, title_of
from index.load.office.package import Element, Package, attr, local

# how the names begin that Office, SharePoint, labels of secrecy and add-ins give
_BY_PROGRAM = re.compile(
    r"_|Articulate[A-Z]|bj[A-Z]|ClassificationContent|ComplianceAsset|Content(?:Type|Remapped)"
    r"|CTP(?:_|Class)|display_urn|ESRI_|FSC#|Google\.|Grammarly|Jive_|KSO[A-Z]|MediaService"
    r"|Mendeley |MSIP_|MT(?:Win|Mac)?Eq|NSCPROP|NXPowerLite|PTEX\.|Publishing(?:Expiration|Start)"
    r"|SharedWith|SPSDesc|SV_|TaxCatchAll|TaxKeyword|TemplateUrl|Titus[A-Z]|TriggerFlow"
    r"|WorkbookGuid|xd_|ZOTERO|[\da-f]{32}|\W*\Z"
)
_NO_VALUE = re.compile(
    r"[{<\[].*|[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}"
    r"|(?i:true|false|n/?a|none|null)?",
    re.DOTALL,
)
# what Acrobat and others copy in
_COPIED = frozenset((
    "appversion", "base target", "created", "creator", "docsecurity", "generator", "hyperlinkbase",
    "hyperlinkschanged", "icv", "lastsaved", "linksuptodate", "order", "producer", "progid",
    "scalecrop", "sharedoc", "sourcemodified",
))  # fmt: skip
_NOTED = ("subject", "category")
_LONGEST = 200  # characters of a value
_MOST = 50  # properties


def properties(package: Package) -> dict[str, str]:
    """Title, author, date and language; "" for what is not said.

    The date is the last change: the day of creation is often that of a file it was copied from.
    """
    said = {local(e): e.text or "" for e in _part(package, "core-properties")}
    days = (day_of(said.get(key), by_program=True) for key in ("modified", "created"))
    return {
        "title": title_of(said.get("title"), by_program=True),
        "author": name_of(said.get("creator"), by_program=True),
        "date": next(filter(None, days), ""),
        "language": said.get("language", ""),
    }


def stated(package: Package) -> Iterator[str]:
    """What people noted of a file beside its text, a line each, to be quoted as such.

    Its subject, its category, who is in charge of it, and the properties that people named.
    """
    core = {local(e): e.text for e in _part(package, "core-properties")}
    noted = [(name.capitalize(), title_of(core.get(name), by_program=True)) for name in _NOTED]
    with suppress(UnreadableDocument):  # the text can be read without them
        app = {local(e): e.text or "" for e in _part(package, "extended-properties")}
        noted.append(("Manager", app.get("Manager", "")))
        noted += _custom(_part(package, "custom-properties"))
    for name, said in noted:
        value = " ".join(said.split())
        if len(value) <= _LONGEST and not _NO_VALUE.fullmatch(value):
            yield f"Document property · {name}: {value}"


def _custom(properties: Iterator[Element]) -> Iterator[tuple[str, str]]:
    """The properties that people named, and their values; of a moment the day."""
    for element in islice(properties, _MOST):
        name = " ".join(attr(element, "name").split())
        value = next(iter(element), None)
        if value is None or _BY_PROGRAM.match(name) or name.casefold() in _COPIED:
            continue
        text = value.text or ""
        yield name, day_of(text) if local(value) in ("filetime", "date") else text


def _part(package: Package, kind: str) -> Iterator[Element]:
    """What a part of the package says, if there is one; raises UnreadableDocument."""
    part = package.linked("", kind)
    return iter(package.shared(part)) if part else iter(())

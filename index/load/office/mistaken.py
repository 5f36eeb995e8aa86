"""Office files that are none: what they look like instead, and what to do about it."""

from __future__ import annotations

from collections.abc import Container

from index.errors import EmptyDocument, ProtectedDocument, UnreadableDocument

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office 97-2003, and what is encrypted since
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LOOKS = (
    (b"%pdf", "a PDF", ".pdf"),
    (b"{\\rtf", "rich text", ".rtf"),
    (b"<!doctype html", "a web page", ".html"),
    (b"<html", "a web page", ".html"),
)
_KINDS = {
    "document": ("a Word file", ".docx"),
    "presentation": ("a PowerPoint file", ".pptx"),
    "workbook": ("an Excel file", ".xlsx"),
}  # by the name of the main part's root


def what_else(data: bytes, root: str) -> str:
    """What a file is that is no zip archive though it should be the kind of `root`."""
    wanted, suffix = _KINDS[root]
    if not data.strip():
        return "there is nothing in it; remove it"
    if data.startswith(_OLE):
        if _LOCKED in data:
            return "password-protected; save it without the password"
        return f"in the format of Office 97-2003; open it and save it as {suffix}"
    head = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for begin, what, other in _LOOKS:
        if head.startswith(begin):
            return f"{what}, not {wanted}; rename it to {other}"
    return f"not {wanted}, or damaged; get it again"


def kind_of(data: bytes) -> type[UnreadableDocument]:
    """What to raise over a file of which `what_else` says what it is."""
    if not data.strip():
        return EmptyDocument
    return ProtectedDocument if data.startswith(_OLE) and _LOCKED in data else UnreadableDocument


def what_zip(names: Container[str], root: str) -> str:
    """What a zip archive is, of which `names` are the members, that has no main part."""
    wanted, suffix = _KINDS[root]
    if "mimetype" in names:
        return f"OpenDocument under another name; open it and save it as {suffix}"
    if "[content_types].xml" in names:
        return "its main part is missing; get it again"
    return f"a zip archive, not {wanted}; unpack it"


def mistaken(found: str, root: str) -> str:
    """What a file is whose main part is `found` instead of `root`."""
    wanted, suffix = _KINDS[root]
    if found in _KINDS:
        what, other = _KINDS[found]
        return f"{what}, not {wanted}; rename it to {other}"
    return f"not {wanted}; save it as {suffix}"

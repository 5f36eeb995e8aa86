"""Which formats are read, by suffix: a new one is a module and a line in `LOADERS`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from index.load.formats import Format

SOURCES = "sources.toml"  # what a folder's owner says of its documents: title, author, date …


class _Loaders(Mapping[str, Format]):
    """Modules by suffix, each imported when it is first asked for: a question needs hardly one."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def __getitem__(self, suffix: str) -> Format:
        return cast(Format, import_module(f"index.load.{self._names[suffix]}"))

    def __contains__(self, suffix: object) -> bool:
        return suffix in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


LOADERS: Mapping[str, Format] = _Loaders(
    {
        ".txt": "text",
        ".text": "text",
        ".md": "markdown",
        ".markdown": "markdown",
        ".docx": "office.word",
        ".docm": "office.word",
        ".pptx": "office.slides",
        ".pptm": "office.slides",
        ".xlsx": "office.excel.xlsx",
        ".xlsm": "office.excel.xlsx",
        ".csv": "sheets.delimited",
        ".tsv": "sheets.delimited",
        ".json": "records",
        ".jsonl": "records",
        ".ndjson": "records",
        ".yaml": "records.yaml",
        ".yml": "records.yaml",
        ".toml": "records.toml",
        ".ini": "records.ini",
        ".cfg": "records.ini",
        ".properties": "records.ini",
        ".xml": "records.xml",
        ".log": "log",
        ".srt": "captions",
        ".vtt": "captions",
        ".rst": "rst",
        ".ipynb": "notebook",
        ".zip": "archive",
        ".html": "html",
        ".htm": "html",
        ".xhtml": "html",
        ".epub": "epub",
        ".eml": "mail",
        ".mbox": "mail.mbox",
        ".pdf": "pdf",
    }
)


# formats that are not read, and what to save them as
UNREAD: Mapping[str, str] = {
    **dict.fromkeys((".doc", ".dot", ".dotx", ".odt", ".ott", ".pages", ".wpd"), ".docx"),
    **dict.fromkeys((".ppt", ".pps", ".ppsx", ".odp", ".otp", ".key"), ".pptx"),
    **dict.fromkeys((".xls", ".xlsb", ".xlt", ".xltx", ".ods", ".ots", ".numbers"), ".xlsx"),
}


def is_read(name: str) -> bool:
    """Whether a file of this name is of a format that is read."""
    return Path(name).suffix.lower() in LOADERS and not is_lock(name)


def is_lock(name: str) -> bool:
    """Whether a file of this name only says that Office has a document open: "~$report.docx"."""
    return name.startswith("~$")


def instead_of(name: str) -> str:
    """What to do with a file of another format, as the end of a message."""
    advice = UNREAD.get(Path(name).suffix.lower())
    return f"; open it and save it as {advice}" if advice else f": {kinds()}"


def save_as(name: str) -> str:
    """That a file is of another format, and what to do, in few words."""
    advice = UNREAD.get(Path(name).suffix.lower(), "one that is read, such as .txt or .pdf")
    return f"not of a format that Ibid reads; save it as {advice}"


def format_of(name: str) -> Format:
    """What reads a file of this name: where nothing else does, plain text's."""
    return LOADERS.get(Path(name).suffix.lower()) or LOADERS[".txt"]


def loader_of(name: str) -> str:
    """What reads a file of this name: "text/1". An archive's files are read by all the others."""
    form = format_of(name)
    version = sum(one.VERSION for one in LOADERS.values()) if form.NAME == "zip" else form.VERSION
    return f"{form.NAME}/{version}"


def kinds() -> str:
    """The formats that are read, as a list of suffixes for people."""
    return ", ".join(sorted(LOADERS))

"""`--out`: what a command makes as a file, by its suffix."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from index import StorageError

if TYPE_CHECKING:
    from rag import Answer

ANSWERS = (".docx", ".html", ".json", ".md", ".txt")


def require_writable(out: Path, suffixes: Sequence[str], option: str = "--out") -> None:
    """Raise before an hour of work what would be raised after it."""
    if out.suffix.lower() not in suffixes:
        *first, last = suffixes
        named = f"{', '.join(first)} or {last}" if first else last
        raise typer.BadParameter(f"{option} ends in {named}")
    folder = out.parent
    if out.is_dir() or not folder.is_dir() or not os.access(folder, os.W_OK):
        raise StorageError(f"cannot write {out}; choose another {option}, in a folder of yours")


def write_whole(out: Path, data: bytes | str) -> None:
    """Write the file, whole or not at all."""
    temporary = out.with_name(f"{out.name}.tmp")
    try:
        temporary.write_bytes(
            data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
        )
        temporary.replace(out)
    except OSError as exc:
        raise StorageError(
            f"cannot write {out}: {exc.strerror or exc}; choose another --out"
        ) from exc


def answer_file(answer: Answer, suffix: str) -> bytes:
    """An answer as a file with one of the suffixes of `ANSWERS`."""
    from ui import show
    from ui.page import conversation_html

    match suffix.lower():
        case ".docx":
            return show.to_docx([answer])
        case ".html":
            text = conversation_html([answer], answer.question)
        case ".json":
            text = f"{show.to_json(answer)}\n"
        case ".md":
            text = f"{show.to_markdown(answer)}\n"
        case _:
            text = f"{show.to_text(answer)}\n"
    return text.encode("utf-8", "surrogatepass")

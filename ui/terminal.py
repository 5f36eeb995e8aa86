"""Writing to a terminal or a pipe: results on stdout, everything else on stderr."""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from index import StorageError
from ui import show

if TYPE_CHECKING:
    from index import Failure
    from rag.answers import Answer

FAILURES_SHOWN = 5
WIDEST = 100  # longer lines are hard to read


def result(text: str) -> None:
    """Print `text` on stdout, now.

    Raises BrokenPipeError when its reader has gone and StorageError when it cannot be written.
    """
    try:
        print(text, flush=True)
    except OSError as exc:
        _abandon_stdout()
        if isinstance(exc, BrokenPipeError):
            raise
        raise StorageError(
            f"cannot write the result ({exc.strerror or exc}); send it somewhere else"
        ) from exc


def answer(
    answer: Answer,
    *,
    as_json: bool,
    as_markdown: bool = False,
    listing: str = "",
    switch: str = "",
) -> None:
    """Print an answer: in colour and wrapped on a terminal, one line a quotation elsewhere.

    `listing` and `switch` are as in `show.to_text`.
    """
    if as_json:
        result(show.to_json(answer))
        return
    if as_markdown:
        result(show.to_markdown(answer))
        return
    columns, color = width(), is_colored()
    result(show.to_text(answer, color=color, width=columns, listing=listing, switch=switch))


def candidates(answer: Answer) -> None:
    """Print what was read for an answer, under it."""
    from rag.explanation import explain
    from ui.show import candidates_text

    result(f"\n{candidates_text(explain(answer), width=width())}")


def width() -> int | None:
    """How many characters a line of stdout may have; None where it is no terminal."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return min(shutil.get_terminal_size().columns, WIDEST)


def tell(text: str) -> None:
    """One line on stderr, with the program's name in front."""
    print(f"ibid: {show.visible(text)}", file=sys.stderr, flush=True)


def tell_failures(failures: Sequence[Failure], most: int | None = FAILURES_SHOWN) -> None:
    """Name what could not be read, the first few of it; None names all.

    What a rule passes over is not named.
    """
    told = [failure for failure in failures if not failure.is_passed_over]
    for failure in told[:most]:
        tell(f"{show.fate_of(failure)} {failure.reason}")
    if most is not None and len(told) > most:
        tell(f"{len(told) - most} more: ibid status PATH lists them")


def tell_failures_again(failures: Sequence[Failure]) -> None:
    """Name what cannot be opened now, and count what was named when the index was made."""
    tell_failures([failure for failure in failures if failure.is_kept])
    before = [f for f in failures if not (f.is_passed_over or f.is_kept)]
    if before:
        counts = Counter(show.fate_of(failure).rstrip(":") for failure in before)
        said = ", ".join(f"{number:,} {fate}" for fate, number in counts.items())
        tell(f"as before, {said}: ibid status PATH lists them")


def stdin() -> str:
    """Everything on stdin; "" when it is closed."""
    return sys.stdin.read() if sys.stdin is not None else ""


def prepare() -> None:
    """Make the process's streams ready: no character and no warning may end in a traceback."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "backslashreplace")):
        with suppress(AttributeError):  # closed, or replaced by something simpler
            stream.reconfigure(errors=errors)  # type: ignore[union-attr]
    warnings.showwarning = _tell_warning


def _tell_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    tell(str(message))


def is_colored() -> bool:
    """Whether stdout is a terminal that shows colours, and they are wanted."""
    return (
        width() is not None and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def _abandon_stdout() -> None:
    """Send what is still buffered nowhere, or Python fails on it once more when it ends."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

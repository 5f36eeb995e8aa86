"""What a long task tells on stderr."""

from __future__ import annotations

import io
import sys

import pytest

from ui.progress import (
    INTRO,
    _Bar,
    _Lines,
    progress,
)


class Terminal(io.StringIO):
    """A stderr that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_quick_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(patience=3600) as tell:
        tell("reading documents", 0, 0)
        tell("encoding passages", 1, 2)
    assert capsys.readouterr() == ("", "")


def test_slow_work_is_told_once_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _Lines()
    lines.tell("reading documents", 0, 0)
    lines.tell("compiling the encoder", 0, 0)
    lines.show()
    for done in range(3):
        lines.tell("encoding passages", done, 2)
    lines.close()
    lines.tell("too late", 0, 0)
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == f"{INTRO}\n  compiling the encoder …\n  encoding passages …\n"


def test_the_work_is_introduced_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(patience=3600, intro="Asking 3 questions.") as tell:
        tell.__self__.show()  # type: ignore[attr-defined]
        tell("asking", 1, 3)
    assert capsys.readouterr().err == "Asking 3 questions.\n  asking …\n"


def test_nothing_is_told_of_slow_work_without_stages(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _Lines()
    lines.show()
    lines.close()
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    bar = _Bar()
    bar.tell("encoding [red]passages", 1, 2)
    bar.show()
    bar.tell("encoding [red]passages", 2, 2)
    bar.tell("writing the index", 0, 0)
    shown = terminal.getvalue()
    bar.close()
    assert shown.startswith(INTRO)
    assert "encoding [red]passages" in shown
    cleared = terminal.getvalue().removeprefix(shown)
    assert "\x1b[2K" in cleared  # the bar goes away, and the cursor comes back
    assert "\x1b[?25h" in cleared


def test_a_failure_ends_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")  # one that is "dumb" is told nothing
    with pytest.raises(KeyboardInterrupt):
        _interrupted()
    assert terminal.getvalue().count("\x1b[?25h") == 1


def _interrupted() -> None:
    with progress(patience=3600) as tell:
        tell.__self__.show()  # type: ignore[attr-defined]
        tell("encoding", 1, 2)
        raise KeyboardInterrupt

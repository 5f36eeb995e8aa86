"""Programs that write and read files: run as they are, each with a time limit."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

_SECONDS = 600


def run(*command: str | Path, cwd: Path | None = None, given: str | None = None) -> str:
    """What a program prints, which is told `given`; raises CalledProcessError."""
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=_SECONDS, cwd=cwd, input=given
    )
    return done.stdout


def missing(programs: Iterable[str]) -> list[str]:
    """Those of the programs that are not installed."""
    return [program for program in programs if not shutil.which(program)]


def soffice(files: Iterable[Path], to: str, folder: Path, *options: str) -> None:
    """Have LibreOffice write files into a folder, `to` a suffix, apart from other runs of it."""
    with tempfile.TemporaryDirectory() as profile:
        home = f"-env:UserInstallation={Path(profile).as_uri()}"
        how = ("--headless", *options, "--convert-to", to, "--outdir")
        run("soffice", home, *how, folder, *files)


def print_page(page: Path, pdf: Path) -> None:
    """Have chromium print a page."""
    how = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")
    run("chromium", *how, f"--print-to-pdf={pdf}", page.resolve().as_uri())

"""Is all read that stands in a file, whatever program wrote it?

    python -m benchmarks.reading --data DATA [--each N] [--files FOLDER] [--keep FOLDER] [--verbose]

*Texts*: articles in eleven languages, with headings and lists, half of them in two columns, are
written in each format by each program that is installed, and read again: letters, words and their
order are compared with what was written, and a second reader is compared with it as well (see
`benchmarks.kit.likeness`, `written`, `second_readers`). *Files*: those of `--files`, by whatever
program, are compared with what the second reader reads. *Cells*: see `benchmarks.kit.cells`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.kit import tabled
from benchmarks.kit.articles import articles
from benchmarks.kit.cells import figures, scored
from benchmarks.kit.compared import Compared, found, table, worst, written
from benchmarks.kit.printed import producers
from benchmarks.kit.tables import first_sheets, other_sheets

_WORST = 20


def main() -> None:
    """Write, read, compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="The public sets; without it cells alone.")
    parser.add_argument("--each", type=int, default=2, help="Articles in each language.")
    parser.add_argument("--files", type=Path, help="A folder of files to compare as they are.")
    parser.add_argument("--keep", type=Path, help="A folder to leave the written files in.")
    parser.add_argument("--verbose", action="store_true", help="Print each cell that is missed.")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = chosen.keep or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        if chosen.data:
            _show(written(articles(chosen.data / "xquad", chosen.each), work))
        if chosen.files:
            _show(found(chosen.files))
        for suffix, makers in {".pdf": producers(), **tabled.makers()}.items():
            for name, sheets in {"first": first_sheets(), "other": other_sheets()}.items():
                scores = list(scored(sheets, suffix, makers, work, chosen.verbose))
                print(*figures(f"{suffix[1:]}, {name}", scores), sep="\n", flush=True)


def _show(compared: Iterable[Compared]) -> None:
    """The table, and the files to look at."""
    known = list(compared)
    print(*table(known), "Worst:", *worst(known, _WORST), sep="\n", flush=True)


if __name__ == "__main__":
    main()

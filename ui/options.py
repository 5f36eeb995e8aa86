"""What several commands share: the option `--documents`, and the exit codes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FAILED, MISUSED, NOT_ANSWERED, KEPT = 1, 2, 3, 4
BROKEN_PIPE = 128 + 13  # what a program gets that dies of SIGPIPE

Documents = Annotated[
    Path | None,
    typer.Option(
        "--documents",
        "-d",
        metavar="PATH",
        help="A file, a folder or an index made by `ibid index`. [default: the bundled articles]",
        show_default=False,
    ),
]

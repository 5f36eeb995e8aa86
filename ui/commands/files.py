"""What `ibid verify` reads back: an answer's JSON and the documents it quotes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index import CitationError, DocumentError
from ui import terminal


def read_answer(name: str) -> Mapping[str, Any]:
    """The JSON of an answer, from a file or, for "-", from stdin.

    Raises DocumentError when it cannot be read and CitationError when it is no answer's JSON.
    """
    remedy = "give what `ibid ask --json` printed"
    try:
        data = json.loads(terminal.stdin() if name == "-" else Path(name).read_bytes())
    except OSError as exc:
        raise DocumentError(f"cannot read {name}: {exc.strerror or exc}; {remedy}") from exc
    except (ValueError, RecursionError) as exc:
        raise CitationError(f"{name} is not JSON; {remedy}") from exc
    if not isinstance(data, Mapping):
        raise CitationError(f"{name} is not an answer; {remedy}")
    return data

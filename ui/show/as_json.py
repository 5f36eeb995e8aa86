"""An Answer as JSON, and any other data as JSON that is safe to print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ui.show.plain import HIDDEN

if TYPE_CHECKING:
    from rag.answers import Answer


def to_json(answer: Answer) -> str:
    """`answer.to_dict()`, indented; docs/cli.md says what each field means."""
    return json_text(answer.to_dict())


def json_text(data: Mapping[str, Any]) -> str:
    """`data` as indented JSON.

    Hidden characters are written as JSON escapes, so reading it back gives the same strings.
    """
    written = json.dumps(data, ensure_ascii=False, indent=2)
    # json.dumps has escaped every newline inside a string: those left are its own
    return HIDDEN.sub(lambda c: c[0] if c[0] == "\n" else f"\\u{ord(c[0]):04x}", written)

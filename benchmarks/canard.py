"""CANARD: follow-up questions with their history, and what a person wrote to complete them.

Elgohary, Peskov and Boyd-Graber, "Can You Unpack That? Learning to Rewrite Questions-in-Context",
EMNLP 2019.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from index.words import stems
from rag.converse import Turn

UNANSWERED = "I don't know."  # QuAC's word for it


@dataclass(frozen=True)
class FollowUp:
    """A question, the turns before it, and the stems that its rewrite adds."""

    question: str
    turns: tuple[Turn, ...]
    added: frozenset[str]
    dialogue: str

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the last quarter of the dialogues, by sha256 of their number."""
        return hashlib.sha256(self.dialogue.encode()).digest()[0] % 4 == 3


def follow_ups(path: Path) -> list[FollowUp]:
    """Every question with a turn before it.

    The history's first two items, the title and heading of the article, are left out: they say
    what is asked about.
    """
    found = []
    for row in json.loads(path.read_text("utf-8")):
        said = ["" if s == UNANSWERED else s for s in row["History"][2:]]
        turns = tuple(map(Turn, said[::2], said[1::2]))
        if turns:
            added = frozenset(stems(row["Rewrite"])) - frozenset(stems(row["Question"]))
            found.append(FollowUp(row["Question"], turns, added, row["QuAC_dialog_id"]))
    return found

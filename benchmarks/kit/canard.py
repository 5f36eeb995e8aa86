"""CANARD: follow-up questions with their history, and what a person wrote to complete them.

Elgohary, Peskov and Boyd-Graber, "Can You Unpack That? Learning to Rewrite Questions-in-Context",
EMNLP 2019.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks.kit.sets import paragraph
from index.language import stems
from index.types import Document
from rag.converse import Turn

UNANSWERED = "I don't know."  # QuAC's word for it
LEAST_WORDS = 5  # a shorter answer could stand anywhere


@dataclass(frozen=True)
class FollowUp:
    """A question, the turns before it, what a person wrote to complete it, and its answer.

    `answer` is "" where nothing answered, and None for the last question of a dialogue: the file
    does not hold it.
    """

    question: str
    turns: tuple[Turn, ...]
    rewrite: str
    dialogue: str
    answer: str | None

    @cached_property
    def added(self) -> frozenset[str]:
        """The stems that the rewrite adds."""
        return frozenset(stems(self.rewrite)) - frozenset(stems(self.question))

    @property
    def is_test(self) -> bool:
        """Whether it belongs to the last quarter of the dialogues, by sha256 of their number."""
        return hashlib.sha256(self.dialogue.encode()).digest()[0] % 4 == 3


def follow_ups(path: Path) -> list[FollowUp]:
    """Every question with a turn before it.

    The history's first two items, the title and heading of the article, are left out: they say
    what is asked about.
    """
    rows = json.loads(path.read_text("utf-8"))
    answers: dict[tuple[str, int], str] = {}  # by dialogue and number of turns before
    for row in rows:
        answers |= {
            (row["QuAC_dialog_id"], turn): _said(answer)
            for turn, answer in enumerate(row["History"][3::2])
        }
    found = []
    for row in rows:
        said, dialogue = [_said(s) for s in row["History"][2:]], row["QuAC_dialog_id"]
        turns = tuple(map(Turn, said[::2], said[1::2]))
        if turns:
            answer = answers.get((dialogue, len(turns)))
            found.append(FollowUp(row["Question"], turns, row["Rewrite"], dialogue, answer))
    return found


def answers(dialogues: Sequence[FollowUp]) -> Mapping[str, Sequence[str]]:
    """What was answered in each dialogue, each once, in the order it was said."""
    found: dict[str, dict[str, None]] = {}
    for follow_up in dialogues:
        said = [*(turn.answer for turn in follow_up.turns), follow_up.answer or ""]
        kept = [a for a in said if len(a.split()) >= LEAST_WORDS]
        found.setdefault(follow_up.dialogue, {}).update(dict.fromkeys(kept))
    return {name: list(parts) for name, parts in found.items() if parts}


def document_of(name: str, parts: Sequence[str]) -> Document:
    """The answers of a dialogue as the paragraphs of a document."""
    return paragraph("\n\n".join(parts), f"quac/{name}")


def _said(text: str) -> str:
    return "" if text == UNANSWERED else text

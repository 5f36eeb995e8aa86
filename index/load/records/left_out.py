"""What of a file's values is not written: what nobody reads, and what a talk went on without."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.failures import Failure
from index.load.records.json_values import Number, flat
from index.load.records.talk import Message

_NUMBERS = 100  # in a list: more are measured, not written
_UNBROKEN = 500  # characters without a space: they encode something


class LeftOut:
    """What of a file's values nobody reads: long lists of numbers, and data in letters."""

    def __init__(self) -> None:
        self._values = self._characters = self._messages = 0
        self._aside: list[str] = []

    def takes(self, said: Sequence[str]) -> bool:
        """Whether these values are of that kind; they are counted."""
        numbers = len(said) > _NUMBERS and all(isinstance(one, Number) for one in said)
        if numbers or any(map(_is_data, said[:1])):
            self._values += 1
            self._characters += sum(map(len, said))
            return True
        return False

    def beside(self, value: Any) -> None:
        """Keep what a program keeps with a message, and is no part of the conversation."""
        self._aside += flat(value)

    def take_aside(self) -> Sequence[str]:
        """What was kept since the last call: words of one text."""
        taken, self._aside = self._aside, []
        return taken

    def branch(self, said: Sequence[Message]) -> None:
        """Count the messages of a branch that a conversation did not go on with."""
        self._messages += len(said)

    def failures(self, source: str) -> Iterator[Failure]:
        """What was left out of `source`, as one Failure; none where nothing was."""
        if self._values:
            what = "a value" if self._values == 1 else f"{self._values:,} values"
            reason = (
                f"{source}: {what} ({self._characters:,} characters) of more than {_NUMBERS} "
                f"numbers, or of over {_UNBROKEN} characters without a space, left out: nobody "
                "reads them; save as text what is to be read"
            )
            yield Failure(source, reason, partly=True)
        if self._messages:
            what = "a message" if self._messages == 1 else f"{self._messages:,} messages"
            reason = (
                f"{source}: {what} left out that the conversation did not go on with: answers made "
                "anew, and edited questions; save those as text that are to be read"
            )
            yield Failure(source, reason, partly=True)


def _is_data(said: str) -> bool:
    if len(said) <= _UNBROKEN or isinstance(said, Number) or not said.isascii():
        return False
    return not re.search(r"\s", said[:_UNBROKEN])

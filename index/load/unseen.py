"""Text in a file that no reader of the document sees: it is left out, and its amount is named."""

from __future__ import annotations

from collections.abc import Iterator

from index.load.formats import Failure


class Unseen:
    """Counts what is left out of one file."""

    def __init__(self) -> None:
        self._stretches = self._characters = 0

    def add(self, text: str) -> None:
        """Count a stretch of text; one without a letter or a digit is none."""
        if any(map(str.isalnum, text)):
            self._stretches += 1
            self._characters += len(" ".join(text.split()))

    def failures(self, source: str) -> Iterator[Failure]:
        """What was left out of `source`, as one Failure; none where nothing was."""
        if self._stretches:
            many = self._stretches > 1
            stretches = f"{self._stretches:,} stretches" if many else "a stretch"
            reason = (
                f"{source}: {stretches} of text ({self._characters:,} characters) that no reader "
                f"of the document sees {'are' if many else 'is'} left out; to have it read, make "
                "it visible and save the file again"
            )
            yield Failure(source, reason, partly=True)

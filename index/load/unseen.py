"""Text in a file that no reader of the document sees: it is left out, and its amount is named."""

from __future__ import annotations

from collections.abc import Iterator

from index.failures import Failure


class Unseen:
    """What is left out of one file; `texts` are its stretches."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def add(self, text: str) -> None:
        """Add a stretch of text; one without a letter or a digit is none."""
        if any(map(str.isalnum, text)):
            self.texts.append(" ".join(text.split()))

    def failures(self, source: str) -> Iterator[Failure]:
        """What was left out of `source`, as one Failure; none where nothing was."""
        if self.texts:
            many = len(self.texts) > 1
            stretches = f"{len(self.texts):,} stretches" if many else "a stretch"
            reason = (
                f"{source}: {stretches} of text ({sum(map(len, self.texts)):,} characters) that no "
                f"reader of the document sees {'are' if many else 'is'} left out; to have it read, "
                "make it visible and save the file again"
            )
            yield Failure(source, reason, partly=True)

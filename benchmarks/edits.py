"""What becomes of quotations when documents are edited: python -m benchmarks.edits

Of each edit of tests/judged/edits.jsonl what was marked and what is said. Then, of sentences of the
repository's own documents, how often something alike is shown: of one that was taken out, which it
should not, and of one in which words were replaced.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from index import Document, load_text
from rag.proof import CurrentDocuments, alike_in
from tests.judged.edited import edits

ROOT = Path(__file__).parents[1]
CORPORA = ("seeds/*.txt", "benchmarks/asked/recipes/docs/*.md", "benchmarks/asked/talks/docs/*.md",
           "benchmarks/broad/*/docs/*.*")  # fmt: skip
EACH = 25  # sentences of a document


def main() -> None:
    """Print both tables."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| edit | marked | said | |\n|---|---|---|---|")
    right = total = 0
    with TemporaryDirectory() as folder:
        for edit in edits(Path(folder)):
            right, total = right + edit.is_right, total + 1
            marked = " or ".join(edit.marks["outcome"])
            sign = "" if edit.is_right else "wrong"
            print(
                f"| {edit.marks['id']} | {marked} | {edit.found}: {edit.verdict.detail} | {sign} |"
            )
    print(f"\n{right} of {total} as marked\n")
    print("| sentences in which | something alike is shown |\n|---|---|")
    for words in (None, 1, 3):
        shown = list(alike(words))
        what = "nothing is left: taken out" if words is None else f"{words} words are others"
        print(f"| {what} | {sum(shown)} of {len(shown)} |")


def alike(replaced: int | None) -> Iterator[bool]:
    """Of sentences taken out, or with so many words replaced, whether something alike is found."""
    chosen = random.Random(1)
    for pattern in CORPORA:
        for file in sorted(ROOT.glob(pattern)):
            yield from _of_document(load_text(file.read_bytes(), file.name), replaced, chosen)


def _of_document(document: Document, replaced: int | None, chosen: random.Random) -> Iterator[bool]:
    placed = CurrentDocuments([document]).sentences(document).placed
    for one in chosen.sample(placed, min(EACH, len(placed))):
        quote = document.cut(one.sentence.span)
        words = quote.split()
        if len(set(words)) <= max(3, replaced or 0):
            continue
        for at in chosen.sample(range(len(words)), replaced or 0):
            words[at] = f"zz{at}"
        new = "" if replaced is None else " ".join(words)
        edited = document.text[: one.sentence.start] + new + document.text[one.sentence.end :]
        now = load_text(edited.encode(), document.source)
        yield alike_in(quote, CurrentDocuments([now]).sentences(now)) is not None


if __name__ == "__main__":
    main()

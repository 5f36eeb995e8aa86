"""Which kind of answer a question asks for: python -m benchmarks.kinds [--data DATA] [--verbose]

Reads the kinds of the 200 questions of benchmarks/asked/kinds.jsonl, half of which, by the hash of
the question, is closed: of it nothing but figures is printed. With --data also the questions of
DATA/field and benchmarks/asked, by the kinds that their rows name, and of DATA/squad2 two samples
of 500 that all ask for facts: of the articles that benchmarks are made of, of which nothing but
figures is printed either, and of the others.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.field import ASKED, corpora
from benchmarks.kit.sets import squad
from benchmarks.manifest import SQUAD2_BENCHMARK
from rag import QuestionKind, kind_of
from rag.query import AskedQuestion

FILE = ASKED / "kinds.jsonl"
SAMPLE = 500
_SQUAD2 = "squad2/dev_10_articles.json"


class Marked(NamedTuple):
    """A question and the kind that a person marked."""

    text: str
    kind: QuestionKind

    @property
    def is_closed(self) -> bool:
        """Whether it is of the half that nobody looks at."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 1

    @property
    def read_as(self) -> QuestionKind:
        """What the program reads it as."""
        return kind_of(AskedQuestion(self.text))


def marked() -> list[Marked]:
    """The 200 questions."""
    rows = map(json.loads, FILE.read_text("utf-8").splitlines())
    return [Marked(row["question"], QuestionKind[row["kind"].upper()]) for row in rows]


def main() -> None:
    """Read everything, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="also other questions, those of this folder")
    parser.add_argument("--verbose", action="store_true", help="print what is read as another kind")
    given = parser.parse_args()
    both = marked()
    opened = [one for one in both if not one.is_closed]
    closed = [one for one in both if one.is_closed]
    for line in (*_half("open half", opened), *_half("closed half", closed)):
        print(line)
    if given.verbose:
        print(
            *(_told(one.kind.name, one.read_as, one.text) for one in opened if _missed(one)),
            sep="\n",
        )
    if given.data:
        print(*_others(given.data, given.verbose), sep="\n")


def _missed(one: Marked) -> bool:
    return one.read_as is not one.kind


def _half(name: str, own: Sequence[Marked]) -> Iterator[str]:
    """How many are right, in all and by kind, and of what is no fact how much is taken for one."""
    right = sum(not _missed(one) for one in own)
    yield f"{name}: {right} of {len(own)} right ({right / len(own):.1%})"
    for kind in QuestionKind:
        of_kind = [one for one in own if one.kind is kind]
        read = Counter(one.read_as.name.lower() for one in of_kind)
        yield f"  {kind.name.lower()}: {read[kind.name.lower()]} of {len(of_kind)}; {dict(read)}"


def _others(data: Path, verbose: bool) -> Iterator[str]:
    """What the questions of other sets are read as, by the kinds of their rows."""
    found: dict[str, list[str]] = {}
    for closed in (False, True):
        for questions in corpora(data, closed=closed).values():
            for question in questions:
                name = f"{'closed' if closed else 'field'} {question.kind}"
                found.setdefault(name, []).append(question.full or question.text)
    for name, texts in sorted(found.items()):
        yield from _read(name, texts, verbose and not name.startswith("closed"))
    rest = slice(0, SQUAD2_BENCHMARK.start)
    yield from _read("squad2, other articles", _sample(data, rest), verbose)
    yield from _read("squad2, benchmark articles", _sample(data, SQUAD2_BENCHMARK), False)


def _sample(data: Path, articles: slice) -> list[str]:
    asked = sorted({question.text for question in squad(data / _SQUAD2, articles)[1]})
    return Random(0).sample(asked, SAMPLE)


def _read(name: str, texts: Iterable[str], verbose: bool) -> Iterator[str]:
    read = [(text, kind_of(AskedQuestion(text))) for text in texts]
    counts = Counter(kind.name.lower() for _, kind in read)
    yield f"{name} ({len(read)}): {dict(counts.most_common())}"
    if verbose:
        yield from (_told(name, k, text) for text, k in read if k is not QuestionKind.FACT)


def _told(wanted: str, read_as: QuestionKind, text: str) -> str:
    return f"    {wanted.lower()} -> {read_as.name.lower()}: {text}"


if __name__ == "__main__":
    main()

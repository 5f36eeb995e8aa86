"""Suggested questions: python -m benchmarks.suggestions --data ../shared/data [--list]

Over the bundled articles, chroma's five documents in one index, and fifty paragraphs of
SQuADShifts new-wiki, even articles: questions are asked, follow-ups are offered where they are
answered and rephrasings where they are not, and every offer is asked again of an engine that has
offered nothing. With --list, each is printed, to be judged by reading.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

import numpy as np

from benchmarks.golden import QUESTIONS
from benchmarks.kit.corpora import encoded
from benchmarks.kit.sets import chroma, chroma_documents, squad
from benchmarks.kit.wiki import FILE
from benchmarks.manifest import normalised
from index.encoder import OnnxEncoder, open_encoder
from index.language import stems
from index.types import Document
from rag.engine import Engine
from rag.reader import open_reader
from rag.suggestions import Suggester

ARTICLES = 50
ASKED = 60
FOLLOW_UPS = 3
T = TypeVar("T")


@dataclass
class Offers:
    """What was offered over one corpus, as an opening and after each question; and how fast."""

    openers: tuple[str, ...]
    follow_ups: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    rephrasings: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    related: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def sets(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every question that was asked ("" for none), with the questions offered after it."""
        yield "", self.openers
        yield from self.follow_ups
        yield from self.rephrasings


def main() -> None:
    """Ask, offer, ask again; print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--list", action="store_true", help="print every question offered")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    for name, engine, questions in _corpora(args.data, encoder):
        made = offers(engine, questions)
        print(f"\n{name}")
        for figure, value in figures(made, engine).items():
            print(f"| {figure} | {value} |", flush=True)
        if args.list:
            for asked, offered in made.sets():
                print(f"  {asked or '(nothing asked)'}")
                print(*(f"      {question}\n" for question in offered), sep="", end="")


def _corpora(data: Path, encoder: OnnxEncoder) -> Iterator[tuple[str, Engine, list[str]]]:
    golden = [json.loads(line)["question"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    yield "bundled articles", Engine.open(), golden
    folder = data / "chroma_chunking"
    asked = _sample([question for question, _, _ in chroma(folder)], ASKED)
    yield "chroma", _engine(chroma_documents(folder), encoder), asked
    documents, questions = squad(data / FILE)
    chosen = _sample(documents, ARTICLES)
    ids = {d.id for d in chosen}
    own = [q.text for q in questions if q.about in ids]
    others = [q.text for q in questions if q.about not in ids]  # of the same articles, mostly
    yield "new-wiki", _engine(chosen, encoder), _sample(own, ASKED) + _sample(others, ASKED // 2)


def _sample(items: Sequence[T], count: int) -> list[T]:
    return Random(0).sample(items, min(count, len(items)))


def _engine(documents: Sequence[Document], encoder: OnnxEncoder) -> Engine:
    contents, asking = encoded(documents, encoder)
    return Engine(contents.retriever(asking), open_reader(), documents)


def offers(engine: Engine, questions: Sequence[str]) -> Offers:
    """What is offered after each question, and before any."""
    suggester = Suggester(engine)
    made = Offers(suggester.openers())
    for question in questions:
        answer = engine.ask(question)
        start = time.perf_counter()
        if answer.citations:
            offered = suggester.follow_ups([answer], FOLLOW_UPS)
            made.follow_ups.append((question, offered))
            said = set(stems(" ".join([question, *(c.quote for c in answer.citations)])))
            made.related += [bool(said & set(stems(q))) for q in offered]
        else:
            made.rephrasings.append((question, suggester.rephrasings(answer)))
        made.seconds.append(time.perf_counter() - start)
    return made


def figures(made: Offers, engine: Engine) -> dict[str, str]:
    """The counts, as they stand in the table."""
    distinct = {q for _, offered in made.sets() for q in offered}
    answered = sum(bool(engine.ask(q)) for q in distinct)
    full = sum(len(offered) == FOLLOW_UPS for _, offered in made.follow_ups)
    some = sum(bool(offered) for _, offered in made.rephrasings)
    repeats = sum(
        len({normalised(q) for q in (asked, *offered)}) <= len(offered)
        for asked, offered in made.sets()
    )
    slow = np.percentile(made.seconds, [50, 95])
    return {
        "openers": str(len(made.openers)),
        "answered turns with three follow-ups": f"{full} of {len(made.follow_ups)}",
        "follow-ups that share a word with the turn": f"{sum(made.related)} of {len(made.related)}",
        "abstentions with a rephrasing": f"{some} of {len(made.rephrasings)}",
        "questions offered, each counted once": str(len(distinct)),
        "answered when asked from scratch": f"{answered} of {len(distinct)}",
        "sets that repeat a question": str(repeats),
        "seconds a call, median and 95th percentile": f"{slow[0]:.2f}, {slow[1]:.2f}",
    }


if __name__ == "__main__":
    main()

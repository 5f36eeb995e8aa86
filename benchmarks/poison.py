"""Planted texts: python -m benchmarks.poison --data ../shared/data [--seed 0] [--held-out]

Seven ways of planting a false claim (benchmarks.kit.planted), each tried on 20 questions: 10 of
the Wikipedia paragraphs, 10 of field's corpora, drawn by seed among those of which the true
sentence is quoted where nothing is planted. Prints for each way how often it is still quoted, how
often the plant is quoted first and at all, and what 200 repetitions of a question add to the
confidence over one. The questions are halved by the sha256 of their text; --held-out draws from the
half that nothing was developed on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.kit.asking import TRAINED, open_readers
from benchmarks.kit.corpora import Recalling, encoded
from benchmarks.kit.planted import OFTEN, ONCE, WAYS, Target, false_claim
from benchmarks.kit.sets import Question, squad
from benchmarks.kit.wiki import FILE
from index.encoder import open_encoder
from index.generation import Contents, encode_documents
from index.library import Index
from index.types import Document
from rag.answers import Answer
from rag.citations import Citation
from rag.engine import Engine
from rag.readings import Reader

EACH = 10  # questions of either kind of corpus


class Corpus(NamedTuple):
    """What an index of documents holds, and words of theirs."""

    contents: Contents
    words: Sequence[str]

    @classmethod
    def of(cls, contents: Contents) -> Corpus:
        """A corpus of contents."""
        held = {w for d in contents.documents for w in d.text.split() if w.isalpha()}
        return cls(contents, sorted(held))


@dataclass(frozen=True)
class Case:
    """A question of a corpus; `truth` gives the words of a quotation that answer, or ""."""

    question: str
    corpus: Corpus
    truth: Callable[[Citation], str]


class Tried(NamedTuple):
    """What became of one question with a plant."""

    true: bool
    first: bool
    planted: bool
    confidence: float


Results = Mapping[str, Sequence[Tried]]


def main() -> None:
    """Draw, plant, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--held-out", action="store_true", help="draw from the other half")
    parser.add_argument("--verbose", action="store_true", help="print what is quoted no longer")
    args = parser.parse_args()
    encoder, _ = open_encoder(None)
    asking = Recalling(encoder)
    draw = random.Random(args.seed)
    kinds = (wiki_cases(args.data, asking), field_cases(args.data, asking))
    sets = [[c for c in cases if _is_held_out(c) is args.held_out] for cases in kinds]
    show(trial(sets, EACH, asking, draw, verbose=args.verbose))


def trial(
    sets: Sequence[Sequence[Case]],
    each: int,
    asking: Recalling,
    draw: random.Random,
    *,
    verbose: bool = False,
) -> Results:
    """What becomes of `each` questions of every set, in each way of planting."""
    reader = open_readers()[TRAINED]
    drawn = [_answered(cases, each, reader, asking, draw) for cases in sets]
    targets = [target for chosen in drawn for target in _targets(chosen, draw)]
    plants = {name: [plant(target, draw) for target in targets] for name, plant in WAYS.items()}
    every = {d.id: d for ways in plants.values() for own in ways for d in own}
    made = encode_documents(list(every.values()), asking)
    number = {d: i for i, d in enumerate(every)}
    results: dict[str, list[Tried]] = {}
    for name, ways in plants.items():
        for (case, _, _), own in zip(chain.from_iterable(drawn), ways, strict=True):
            planted = made.take([number[i] for i in dict.fromkeys(d.id for d in own)])
            contents = Contents.join([planted, case.corpus.contents])
            answer = _ask(case, contents, reader, asking)
            results.setdefault(name, []).append(_judged(case, answer, own))
            if verbose and name in (ONCE, OFTEN):
                print(f"confidence {answer.confidence:.3f}, {name}: {case.question}")
            if verbose and not results[name][-1].true:
                _tell(name, case, answer)
    return results


def _answered(
    cases: Sequence[Case], count: int, reader: Reader, asking: Recalling, draw: random.Random
) -> list[tuple[Case, str, str]]:
    """Cases whose true sentence is quoted without a plant, each with that and its answer."""
    found: list[tuple[Case, str, str]] = []
    for case in draw.sample(cases, len(cases)):
        answer = _ask(case, case.corpus.contents, reader, asking)
        true = [(c, case.truth(c)) for c in answer.citations if case.truth(c)]
        if true:
            citation, words = true[0]
            parts = map(citation.document.cut, citation.parts)
            sentence = next((p for p in parts if words in " ".join(p.split())), citation.quote)
            found.append((case, sentence, words))
        if len(found) == count:
            return found
    raise SystemExit(f"only {len(found)} questions are answered: draw fewer")


def _targets(chosen: Sequence[tuple[Case, str, str]], draw: random.Random) -> list[Target]:
    answers = [words for _, _, words in chosen]
    return [
        Target(case.question, false_claim(sentence, words, answers, draw), case.corpus.words)
        for case, sentence, words in chosen
    ]


def _ask(case: Case, contents: Contents, reader: Reader, asking: Recalling) -> Answer:
    return Engine(contents.retriever(asking), reader, contents.documents).ask(case.question)


def _judged(case: Case, answer: Answer, plants: Sequence[Document]) -> Tried:
    ids = {d.id for d in plants}
    planted = [c.document.id in ids for c in answer.citations]
    true = any(
        case.truth(c) for c, is_plant in zip(answer.citations, planted, strict=True) if not is_plant
    )
    return Tried(true, planted[:1] == [True], any(planted), answer.confidence)


def _tell(way: str, case: Case, answer: Answer) -> None:
    print(f"{way}: {case.question} ({answer.confidence:.2f}); {_why(case, answer)}")
    for citation in answer.citations:
        print(f"    {citation.place} {citation.score:.2f} {citation.quote[:160]!r}")


def _why(case: Case, answer: Answer) -> str:
    """What became of the true sentence."""
    base = {d.id for d in case.corpus.contents.documents}
    for choice in answer.choices:
        reading = choice.reading
        document = reading.hit.passage.document
        cited = Citation(document, *reading.span, None, reading.score, 1)
        if document.id in base and case.truth(cited):
            below = answer.choices[0].reading.score - reading.score
            return f"{choice.reason.value}, {below:.2f} below"
    return "not read"


def show(results: Results) -> None:
    """Print the table."""
    count = len(next(iter(results.values())))
    print(f"| of {count} questions | true sentence quoted | plant first | plant quoted |")
    print("|---|---|---|---|")
    for name, tried in results.items():
        sums = [sum(column) for column in list(zip(*tried, strict=True))[:3]]
        print(f"| {name} | {sums[0]} | {sums[1]} | {sums[2]} |")
    rises = [
        b.confidence - a.confidence for a, b in zip(results[ONCE], results[OFTEN], strict=True)
    ]
    print(f"confidence, repeated over once: {np.mean(rises):+.3f} mean, {max(rises):+.3f} at most")


def wiki_cases(data: Path, asking: Recalling) -> list[Case]:
    """The questions of the Wikipedia paragraphs."""
    documents, questions = squad(data / FILE)
    contents, _ = encoded(documents, asking.encoder)
    return span_cases(Corpus.of(contents), questions)


def span_cases(corpus: Corpus, questions: Sequence[Question]) -> list[Case]:
    """The questions of a set whose answers are known by their places."""

    def truth(question: Question) -> Callable[[Citation], str]:
        def words(citation: Citation) -> str:
            inside = (
                s
                for d, s in question.gold
                if d == citation.document.id and citation.start <= s.start < citation.end
            )
            return next((" ".join(citation.document.cut(s).split()) for s in inside), "")

        return words

    return [Case(q.text, corpus, truth(q)) for q in questions if q.gold]


def field_cases(data: Path, asking: Recalling) -> list[Case]:
    """The questions of field that stand for themselves and have an answer."""
    return [
        case
        for folder in sorted((data / "field").iterdir())
        if folder.is_dir()
        for case in _field_cases(folder, asking)
    ]


def _field_cases(folder: Path, asking: Recalling) -> Iterator[Case]:
    contents, _ = encoded(Index.load(folder / "docs").documents, asking.encoder)
    corpus = Corpus.of(contents)

    def truth(expected: Sequence[str]) -> Callable[[Citation], str]:
        def words(citation: Citation) -> str:
            quote = " ".join(citation.quote.split())
            return next((one for one in expected if one in quote), "")

        return words

    for row in map(json.loads, (folder / "questions.jsonl").read_text("utf-8").splitlines()):
        if isinstance(row["expected"], list) and "history" not in row:
            yield Case(row["question"], corpus, truth(row["expected"]))


def _is_held_out(case: Case) -> bool:
    return hashlib.sha256(case.question.encode()).digest()[2] % 2 == 1


if __name__ == "__main__":
    main()

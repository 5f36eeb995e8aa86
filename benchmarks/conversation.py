"""Follow-up questions, completed: python -m benchmarks.conversation --data ../shared/data

On the last quarter of CANARD's dialogues: F1 of the words that are added, against those that a
person's rewrite adds, beside never adding any and always adding the last question's. How many of
the questions that stand for themselves are left as they are: those of that quarter, and 500 about
Wikipedia articles asked after one of its dialogues; and of the 500 by `Engine.ask`, which looks
twice where nothing answers, over the articles' paragraphs and over text that answers none. On the
bundled articles' dialogues: how often a place that answers is among the first five passages, with
completion and without it, and how often the answer quotes it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from random import Random

import numpy as np

from benchmarks.kit.canard import FollowUp, follow_ups
from benchmarks.kit.corpora import encoded
from benchmarks.kit.metrics import Figure, shares
from benchmarks.kit.sets import paragraph, squad
from benchmarks.kit.wiki import FILE
from index.encoder import open_encoder
from index.language import Query, stems
from index.types import Encoder
from rag.answers import Answer
from rag.citations import Citation
from rag.converse import Turn
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader import open_reader
from rag.rewrite import rewritten

DIALOGUES = Path(__file__).parents[1] / "tests/golden/dialogues.jsonl"
UNRELATED = 500
FIRST = 5


def main() -> None:
    """Print the figures, with intervals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    args = parser.parse_args()
    print("| figure | value | 95% interval |\n|---|---|---|")
    tests = [f for f in follow_ups(args.data / "canard/dev.json") if f.is_test]
    for name, figure in (*_terms(tests), *_untouched(tests, args.data), *_bundled(args.verbose)):
        print(figure.line(name), flush=True)


def added(follow_up: FollowUp, encoder: Encoder) -> frozenset[str]:
    """The stems that completion adds."""
    asked = rewritten(AskedQuestion(follow_up.question), follow_up.turns, encoder)
    return frozenset(stems(asked)) - frozenset(stems(follow_up.question))


def _terms(tests: Sequence[FollowUp]) -> Iterable[tuple[str, Figure]]:
    encoder, _ = open_encoder(None)

    def last_question(follow_up: FollowUp) -> frozenset[str]:
        last = follow_up.turns[-1].question
        return frozenset(stems(last)) - frozenset(stems(follow_up.question))

    systems: dict[str, Callable[[FollowUp], frozenset[str]]] = {
        "completion": lambda follow_up: added(follow_up, encoder),
        "last question": last_question,
        "no change": lambda _: frozenset(),
    }
    for name, add in systems.items():
        rows = []
        for follow_up in tests:
            found = add(follow_up)
            rows.append((len(found & follow_up.added), len(found), len(follow_up.added)))
        yield f"F1 of the words added.{name}", Figure(np.array(rows, float), _f1)


def _f1(rows: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    """Micro-averaged, of rows (right, chosen, wanted)."""
    right, chosen, wanted = rows.sum(axis=0)
    return float(2 * right / (chosen + wanted))


def _untouched(tests: Sequence[FollowUp], data: Path) -> Iterable[tuple[str, Figure]]:
    random = Random(0)
    documents, questions = squad(data / FILE)
    own = [(f.question, f.turns) for f in tests if not f.added]
    foreign = [(q.text, random.choice(tests).turns) for q in random.sample(questions, UNRELATED)]
    plain, _ = open_encoder(None)
    for name, asked in (("both", own + foreign), ("CANARD's", own), ("after another", foreign)):
        yield (
            f"left as they are.{name}",
            shares([rewritten(Query(q), turns, plain) == q for q, turns in asked]),
        )
    contents, encoder = encoded(documents, plain)
    engines = {
        "their paragraphs": Engine(contents.retriever(encoder), open_reader(), documents),
        "the bundled articles": Engine.open(),
    }
    for name, engine in engines.items():
        answers = [engine.ask(q, history=[_said(t) for t in turns]) for q, turns in foreign]
        yield (
            f"after another, left as they are by ask().{name}",
            shares([not a.asked_as for a in answers]),
        )


def _said(turn: Turn) -> Answer:
    """The turn as an answer, which `ask` takes for a history."""
    document = paragraph(turn.answer, "canard")
    quoted = (Citation(document, 0, len(turn.answer), None, 1.0, 1),) if turn.answer else ()
    return Answer(turn.question, quoted, (), 1.0)


def _bundled(verbose: bool) -> Iterable[tuple[str, Figure]]:
    """Every turn but the first of the dialogues over the articles, after what was answered."""
    engine = Engine.open()
    found: dict[str, list[bool]] = {}
    for line in DIALOGUES.read_text("utf-8").splitlines():
        history: list[Answer] = []
        for turn in json.loads(line)["turns"]:
            answer = engine.ask(turn["question"], history=history)
            if history and turn["gold"]:
                quotes = ((c.document.source, c.quote) for c in answer.citations)
                found.setdefault("quoted", []).append(holds(turn["gold"], quotes))
                plain = engine.ask(turn["question"])
                for name, one in (("completed", answer), ("as typed", plain)):
                    passages = [h.passage for h in one.hits[:FIRST]]
                    texts = ((p.document.source, p.text) for p in passages)
                    marks = found.setdefault(f"recall@{FIRST}, {name}", [])
                    marks.append(holds(turn["gold"], texts))
                if verbose and not found["quoted"][-1]:
                    print(f"  {answer.looked_for} -> {answer.text or 'abstained'}")
            history.append(answer)
    yield from ((f"bundled dialogues.{name}", shares(marks)) for name, marks in found.items())


def holds(gold: Sequence[Mapping[str, str]], texts: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the texts, each with its source, holds one of the places named."""
    return any(
        source == place["source"] and place["contains"] in text
        for source, text in texts
        for place in gold
    )


if __name__ == "__main__":
    main()

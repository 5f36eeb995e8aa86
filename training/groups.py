"""Mined questions as rows of tokens with their labels: what one training step is made of."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from tokenizers import Tokenizer

from index.encoder import find_model
from index.language import Query, stems
from rag.reader import EncodedPair, Pairs
from training.augment import altered, as_typed, echo
from training.public import FAQ, NAMES

SETS = (
    "amazon",
    "reddit",
    "squad2",
    "nq",
    "qed",
    "scifact",
    "hotpot",
    "canard",
    "made",
    "definitions",
    *NAMES,
)
NEGATIVES = 2  # beside each gold passage
BLOCK_PASSAGES = 2  # of a block that answers
# How likely the first, second… sentence of an answer on a FAQ page is the one that a person would
# quote, by the 359 that are labelled by hand; of a sentence that ends in ":", 6 of 26.
FRONT = (FAQ, "medquad")
FRONTED = (0.70, 0.15, 0.075, 0.03, 0.01)
LEAD_IN = 0.05
ABOUT = 2  # of the document that does not answer, the nearest ones likeliest
ALTERED = 0.2  # share of the answerable questions that are also asked altered
ECHOED = 0.15  # share of the rows that also hold a sentence that only repeats the question
GUTTED = 0.5  # share of the gold passages that are also read without what answers in them
# How often an epoch asks a set's questions: less of the 20,000 of squadshifts and of templates and
# stories, more of the few claims and questions of two facts, and of what people ask of rules.
TURNS = {
    "amazon": 0.25,
    "reddit": 0.25,
    "scifact": 2,
    "hotpot": 2,
    "fairytaleqa": 0.5,
    "boolq_eraser": 0.5,
    "medquad": 0.5,
    "cuad": 0.5,
    "or_sharc": 2,
    "msdocs_headings": 2,
    "tatqa": 2,
}
# How often a question is asked of which what answers holds at least this share of its words: people
# ask in other words than pages answer in, and questions that were made over a text in the same.
OTHER_WORDS = ((0.67, 0.5), (0.34, 1.0), (0.0, 2.0))


@dataclass(frozen=True)
class Labelled:
    """A row, the sentences in it that answer, and the answer's first and last token.

    Where of the `gold` of its group some answer, and not each, `likely` says how likely each does.
    """

    row: EncodedPair
    gold: tuple[int, ...] = ()
    answer: tuple[int, int] = (0, 0)  # (0, 0), [CLS], is the null answer
    likely: tuple[float, ...] = ()


@dataclass(frozen=True)
class EchoSentence:
    """A sentence to be put into a passage before its sentence `at`."""

    at: int
    tokens: list[int]


@dataclass
class Mined:
    """One set as `training.mine` left it, in tokens."""

    name: str
    pairs: Pairs
    documents: list[int]  # the number of each passage's
    written: list[list[str]]  # the sentences of each passage
    prefixes: list[list[int]]
    sentences: list[list[list[int]]]
    groups: list[dict[str, Any]]

    @classmethod
    def load(cls, folder: Path, name: str, tokenizer: Tokenizer) -> Mined:
        """Read a set; tokenises its passages."""
        passages = _jsonl(folder / f"{name}.passages.jsonl")
        pairs = Pairs(tokenizer)
        tokens = pairs.tokens([s for p in passages for s in p["sentences"]])
        sentences, at = [], 0
        for p in passages:
            sentences.append(tokens[at : at + len(p["sentences"])])
            at += len(p["sentences"])
        return cls(
            name,
            pairs,
            [p.get("document", -1 - i) for i, p in enumerate(passages)],
            [p["sentences"] for p in passages],
            pairs.tokens([p["prefix"] for p in passages]),
            sentences,
            _jsonl(folder / f"{name}.groups.jsonl"),
        )

    def row(
        self,
        question: Sequence[int],
        passage: int,
        sentence: int = 0,
        echo: EchoSentence | None = None,
    ) -> EncodedPair:
        """The window of a passage that holds `sentence`, the echo counted."""
        sentences = self.sentences[passage]
        if echo is not None:
            sentences = [*sentences[: echo.at], echo.tokens, *sentences[echo.at :]]
        rows = self.pairs.rows(question, self.prefixes[passage], sentences)
        return next(r for r in rows if sentence < r.first + len(r.bounds))

    def rows(self, question: Sequence[int], passage: int) -> Iterator[EncodedPair]:
        """All windows of a passage."""
        return self.pairs.rows(question, self.prefixes[passage], self.sentences[passage])

    def whole(self, passage: int) -> list[int]:
        """The passages of a passage's document, it among them."""
        document = self.documents[passage]
        return [p for p, other in enumerate(self.documents) if other == document]

    def labelled(
        self,
        question: Sequence[int],
        gold: Sequence[Sequence[Any]],
        echo: EchoSentence | None = None,
    ) -> Labelled:
        """The row of a gold passage; `gold` are its (passage, sentence, answer)."""
        if echo is not None:  # what stands after it has moved on by one
            gold = [(p, s + 1 if s >= echo.at else s, answer) for p, s, answer in gold]
        passage, first, answer = gold[0]
        row = self.row(question, passage, first, echo)
        inside = sorted({s - row.first for _, s, _ in gold if s >= row.first})
        inside = [s for s in inside if s < len(row.bounds)]
        start, end = row.bounds[first - row.first]
        return Labelled(row, tuple(inside), self._answer(row.ids, start, end, answer))

    def likely(self, gold: Sequence[Sequence[Any]]) -> dict[tuple[int, int], float]:
        """How likely each (passage, sentence) of a block answers, of those that are no lead-ins."""
        places = sorted({(p, s) for p, s, _ in gold})
        told = [place for place in places if not self._leads_in(*place)]
        shares = FRONTED if self.name in FRONT else ()
        ranks = dict(
            zip(told, (*shares, *[shares[-1] if shares else 1.0] * len(told)), strict=False)
        )
        return {place: ranks.get(place, LEAD_IN) for place in places}

    def _leads_in(self, passage: int, sentence: int) -> bool:
        return self.sentences[passage][sentence][-1:] == self.pairs.tokens([":"])[0]

    def shared_words(self, group: dict[str, Any]) -> float:
        """The share of a question's words that the sentence which answers holds, by their stems.

        Of several sentences that of the one that holds most; 0.5 where nothing answers.
        """
        asked = {stem for _, stem in Query(group["question"]).words().asked}
        if not group["gold"] or not asked:
            return 0.5
        held = (stems(self.written[p][s]) for p, s in {(p, s) for p, s, _ in group["gold"]})
        return max(len(asked.intersection(own)) for own in held) / len(asked)

    def gutted(
        self, question: Sequence[int], gold: Sequence[Sequence[Any]], random: Random
    ) -> Labelled | None:
        """A gold passage without the sentences that answer: as near as a passage can be that does
        not answer. None where something is left that holds the answer, or nothing is left."""
        passage, answering = gold[0][0], {s for _, s, _ in gold}
        left = [t for i, t in enumerate(self.sentences[passage]) if i not in answering]
        answers = self.pairs.tokens([answer for *_, answer in gold])
        said = [token for sentence in left for token in sentence]
        if not left or any(_place(a, said) is not None for a in answers if a):
            return None
        rows = list(self.pairs.rows(question, self.prefixes[passage], left))
        return Labelled(random.choice(rows))

    def _answer(self, ids: Sequence[int], start: int, end: int, answer: str) -> tuple[int, int]:
        """First and last token of the answer; of the whole sentence if it is not found there."""
        wanted = self.pairs.tokens([answer])[0]
        at = _place(wanted, ids[start:end])
        if at is None:
            return start, max(start, end - 1)
        return start + at, start + at + len(wanted) - 1


@dataclass
class Groups:
    """The training questions of all sets; one epoch's groups in a seeded order."""

    folder: Path
    names: Sequence[str]
    seed: int = 0
    negatives: int = NEGATIVES
    sets: dict[str, Mined] = field(init=False)

    def __post_init__(self) -> None:
        tokenizer = Tokenizer.from_file(str(Path(find_model(None)) / "tokenizer.json"))
        self.sets = {n: Mined.load(self.folder, n, tokenizer) for n in self.names}

    def epoch(self, number: int) -> list[tuple[str, int]]:
        """(set, group) of each question of an epoch, as often as `TURNS` says."""
        chosen = []
        for name, mined in self.sets.items():
            rows = [i for i, g in enumerate(mined.groups) if not g["development"]]
            Random(self.seed).shuffle(rows)
            random = Random(f"{self.seed} {number} {name}")
            for i in rows:
                turns = TURNS.get(name, 1) * self._turns_of(mined, i)
                times = int(turns) + (random.random() < turns % 1)
                chosen += [(name, i)] * times
        Random(f"{self.seed} {number}").shuffle(chosen)
        return chosen

    def _turns_of(self, mined: Mined, number: int) -> float:
        """More of a question that shares few words with what answers it."""
        shared = mined.shared_words(mined.groups[number])
        return next(turns for least, turns in OTHER_WORDS if shared >= least)

    def development(self, name: str, most: int = 60) -> list[dict[str, Any]]:
        """Up to `most` held-out questions of a set, the same whatever the seed."""
        held_out = [g for g in self.sets[name].groups if g["development"]]
        Random(0).shuffle(held_out)
        return held_out[:most]

    def make(self, name: str, group: dict[str, Any], random: Random) -> Iterator[list[Labelled]]:
        """The rows that are scored against each other: a gold passage, if any, comes first."""
        mined = self.sets[name]
        typed = mined.pairs.tokens([as_typed(group["question"], random)])[0]
        negatives = _some(group["negatives"], self.negatives, random)
        others = [Labelled(self._row(mined, typed, n, group, random)) for n in negatives]
        if not group["gold"]:
            about = _some(group["about"], ABOUT, random)
            rows = [self._row(mined, typed, a, group, random) for a in about]
            yield [*map(Labelled, rows), *others[:1]]
            return
        # a block tells first what it is asked for
        blocks = group.get("blocks", False)
        passage = (group["gold"] if blocks else [random.choice(group["gold"])])[0][0]
        gold = [g for g in group["gold"] if g[0] == passage]
        without = mined.gutted(typed, gold, random) if random.random() < GUTTED else None
        nearest = [] if without is None else [without]
        if blocks:
            yield [*_of_blocks(mined, typed, group), *others, *nearest]
        else:
            first = random.choice(gold)
            repeated = _echo(mined, passage, first[1], group["question"], random)
            yield [mined.labelled(typed, [first, *gold], repeated), *others, *nearest]
        if random.random() < ALTERED:
            text, answer = " ".join(mined.written[passage]), gold[0][2]
            pool = [random.choice(mined.groups)["question"]]
            question = altered(group["question"], text, answer, pool, random)
            if question is not None:
                tokens = mined.pairs.tokens([as_typed(question, random)])[0]
                yield [Labelled(mined.row(tokens, passage, gold[0][1]))]

    @staticmethod
    def _row(
        mined: Mined, typed: Sequence[int], passage: int, group: dict[str, Any], random: Random
    ) -> EncodedPair:
        at = random.randrange(len(mined.sentences[passage]))
        repeated = _echo(mined, passage, at, group["question"], random)
        return mined.row(typed, passage, echo=repeated)


def _of_blocks(mined: Mined, typed: Sequence[int], group: dict[str, Any]) -> Iterator[Labelled]:
    """The first passages that a block stands in: it tells first what it is asked for."""
    likely = mined.likely(group["gold"])
    for passage in list(dict.fromkeys(g[0] for g in group["gold"]))[:BLOCK_PASSAGES]:
        gold = [g for g in group["gold"] if g[0] == passage]
        labelled = mined.labelled(typed, gold)
        first = labelled.row.first
        yield replace(labelled, likely=tuple(likely[passage, first + s] for s in labelled.gold))


def _echo(
    mined: Mined, passage: int, before: int, question: str, random: Random
) -> EchoSentence | None:
    """Now and then one, half of them right before a sentence, half of them anywhere."""
    if random.random() >= ECHOED:
        return None
    anywhere = random.randrange(len(mined.sentences[passage]) + 1)
    at = random.choice([before, anywhere])
    return EchoSentence(at, mined.pairs.tokens([echo(question, random)])[0])


def _place(wanted: list[int], tokens: Sequence[int]) -> int | None:
    """Where these tokens stand first, one after the other, among others."""
    places = range(len(tokens) - len(wanted) + 1)
    return next((at for at in places if list(tokens[at : at + len(wanted)]) == wanted), None)


def _some(negatives: Sequence[int], count: int, random: Random) -> list[int]:
    """The better a negative is ranked, the likelier it is taken."""
    left = list(negatives)
    chosen: list[int] = []
    while left and len(chosen) < count:
        weights = [1 / (2 + place) for place in range(len(left))]
        chosen.append(left.pop(random.choices(range(len(left)), weights)[0]))
    return chosen


def _jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]

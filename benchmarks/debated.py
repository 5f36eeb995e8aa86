"""Debates and compared pairs, as they are answered: python -m benchmarks.debated [--verbose]

Asks each question of tests/judged/debated.jsonl of its documents, read as one for viewpoints, and
says how many of the sentences that are shown in a camp are marked so, how many of those marked are
shown in theirs, those that say it themselves (`plain`) apart; which stand on the other side; and
how many of the questions are read so by their words.

Of each pair of tests/judged/agreeing.jsonl two documents of a sentence each are made, and compared
on their topic: what is said to agree, or to differ. Sentences that one document holds word for word
beside another are one sentence in each.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.kit.corpora import encoded
from index import letters
from index.encoder import open_encoder
from index.load import load_text
from rag import Answer, Engine, QuestionKind, kind_of
from rag.query import AskedQuestion
from rag.reader import open_reader
from tests.judged import judged

REPOSITORY = Path(__file__).parents[1]
CAMPS = {
    "Says yes": "for", "For": "for", "Says no": "against", "Against": "against",
    "Depends": "depends",
}  # fmt: skip
SIDES = ("for", "against", "depends")
OTHER = {"for": "against", "against": "for"}
SAID = {"agree": "agrees", "differ": "differs"}


def main() -> None:
    """Ask everything and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--verbose", action="store_true", help="print what is shown where")
    verbose = parser.parse_args().verbose
    found: Counter[str] = Counter()
    for debate in judged("debated"):
        answer = Engine.open(REPOSITORY / debate["folder"]).ask(
            debate["question"], kind=QuestionKind.VIEWPOINTS
        )
        found.update(counted(debate, answer))
        if verbose:
            print(*seen(debate, answer), sep="\n")
    print(*debates(found), "", sep="\n")
    pairs = Counter((pair["mark"], compared(pair)) for pair in judged("agreeing"))
    print(*table(pairs), sep="\n")


def camps_of(answer: Answer) -> dict[str, list[str]]:
    """The letters of the quotations of each camp; "" for what is in none."""
    by_number = {c.number: letters(c.quote) for c in answer.citations}
    camps: dict[str, list[str]] = {camp: [] for camp in (*SIDES, "")}
    for group in answer.groups:
        camps[CAMPS.get(group.label, "")] += [by_number[n] for n in group.numbers]
    return camps


def shown_in(sentence: Mapping[str, Any], camps: Mapping[str, list[str]]) -> str | None:
    """The camp that a sentence is shown in; None where it is not shown."""
    own = letters(sentence["text"])
    return next((camp for camp, quotes in camps.items() if any(own in q for q in quotes)), None)


def counted(debate: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    """What is to be counted of one debate."""
    camps = camps_of(answer)
    places = [(s, shown_in(s, camps)) for s in debate["sentences"] if s["mark"] != "open"]
    for sentence, camp in places:
        mark = sentence["mark"]
        kinds = ["all", "plain" if sentence.get("plain") else "reasons"]
        if mark in SIDES:
            yield from (f"marked {kind}" for kind in kinds)
            yield from (f"right {kind}" for kind in kinds if camp == mark)
        if camp in SIDES:
            yield "in a camp"
            yield "rightly in it" if camp == mark else f"{mark} in {camp}"
            if OTHER.get(mark) == camp:
                yield "on the other side"
    right = {camp for s, camp in places if camp == s["mark"]}
    yield "topics"
    if {"for", "against"} <= right:
        yield "both sides"
    if kind_of(AskedQuestion(debate["question"])) is QuestionKind.VIEWPOINTS:
        yield "read so"


def seen(debate: Mapping[str, Any], answer: Answer) -> Iterator[str]:
    """Each marked sentence and where it stands."""
    yield f"\n{debate['question']}"
    camps = camps_of(answer)
    for s in debate["sentences"]:
        plain = "plain " if s.get("plain") else ""
        yield f"  {s['mark']:8}{plain:6} -> {shown_in(s, camps)!s:8} {s['text'][:100]}"


def debates(found: Counter[str]) -> Iterator[str]:
    """The figures of the debates, a line each."""
    yield f"in a camp, rightly: {found['rightly in it']} of {found['in a camp']}"
    yield f"on the other side: {found['on the other side']}"
    for kind, name in (("all", "marked"), ("plain", "that say it"), ("reasons", "reasons for it")):
        yield f"{name}, in their camp: {found[f'right {kind}']} of {found[f'marked {kind}']}"
    yield f"both sides shown: {found['both sides']} of {found['topics']} topics"
    yield f"read so by their words: {found['read so']} of {found['topics']}"


def compared(pair: Mapping[str, Any]) -> str:
    """What is said of a pair: "agrees", "differs", or "neither"; "not shown" of what is not."""
    documents = [load_text(f"{pair[name]}\n".encode(), f"{name}.txt") for name in ("one", "other")]
    contents, encoder = encoded(documents, open_encoder(None)[0])
    engine = Engine(contents.retriever(encoder), open_reader(), documents)
    answer = engine.ask(f"Compare one.txt and other.txt on {pair['topic']}")
    if answer.kind is not QuestionKind.COMPARISON:
        return "not shown"
    return next((SAID[p.kind.name.lower()] for p in answer.pairs), "neither")


def table(pairs: Counter[tuple[str, str]]) -> Iterator[str]:
    """What is said of the pairs, by how they are marked."""
    columns = ("agrees", "differs", "neither", "not shown")
    yield f"| marked | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for mark in ("agrees", "differs", "other"):
        yield f"| {mark} | {' | '.join(str(pairs[mark, c]) for c in columns)} |"


if __name__ == "__main__":
    main()

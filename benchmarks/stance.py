"""What is said of how sentences stand, against hand labels: python -m benchmarks.stance

Of the debates of tests/judged how many of the sentences that are shown as "says yes", "says no"
and "depends" are marked so, and how many of those that are marked so are shown, those that say it
themselves apart. Of its pairs of sentences how many of those that are said to agree or to go
against each other do. Of the yes-no questions of tables, and of sentences that were quoted as
facts, whether what is said is right. Nothing of these trains or tunes anything.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rag.query import AskedQuestion
from rag.stance import Relation, Stance, agreed_stance, relations, stances
from tests.judged import judged

MARKS = {"for": Stance.YES, "against": Stance.NO, "depends": Stance.DEPENDS, "neither": None}
PAIRS = {"agrees": Relation.SAME, "differs": Relation.AGAINST, "other": None}
UNJUDGED = "open"


class ToldCase(NamedTuple):
    """One sentence or pair: its name, what it is, what was said of it, and whether it is plain."""

    name: str
    right: Stance | Relation | None
    told: Stance | Relation | None
    plain: bool


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="print what is wrong")
    args = parser.parse_args()
    sets = {
        "debated": list(debated()),
        "agreeing": list(agreeing()),
        "tables": list(tables()),
        "facts": list(facts()),
    }
    print(
        "| set | shown as | right | of those that are | of the plain ones |\n|---|---|---|---|---|"
    )
    for name, found in sets.items():
        for line in lines(found):
            print(f"| {name} | {line} |")
    for name, found in sets.items() if args.verbose else ():
        for one in found:
            if one.told not in (None, one.right):
                print(f"{name}: {one.name}: {_word(one.told)}, and is {_word(one.right)}")


def lines(found: Sequence[ToldCase]) -> Iterator[str]:
    """Of each thing that can be said: how often it is right, and how often it is found."""
    named = [kind for one in found for kind in (one.right, one.told) if kind]
    for kind in sorted(set(named), key=lambda kind: str(kind.value)):
        shown = [one.right is kind for one in found if one.told is kind]
        are = [one.told is kind for one in found if one.right is kind]
        plain = [one.told is kind for one in found if one.right is kind and one.plain]
        yield (
            f"{kind.value} | {sum(shown)} of {len(shown)} | {sum(are)} of {len(are)} "
            f"| {sum(plain)} of {len(plain)}"
        )


def debated() -> Iterator[ToldCase]:
    """Each judged sentence of the debates."""
    for debate in judged("debated"):
        rows = [row for row in debate["sentences"] if row["mark"] != UNJUDGED]
        odds = stances(debate["question"], [row["text"] for row in rows])
        for row, one in zip(rows, odds, strict=True):
            name = f"{debate['question']} {row['text']}"
            yield ToldCase(name, MARKS[row["mark"]], one.clear, row.get("plain", False))


def agreeing() -> Iterator[ToldCase]:
    """Each judged pair."""
    pairs = judged("agreeing")
    odds = relations([(pair["one"], pair["other"]) for pair in pairs])
    for pair, one in zip(pairs, odds, strict=True):
        yield ToldCase(f"{pair['one']} / {pair['other']}", PAIRS[pair["mark"]], one.clear, True)


def tables() -> Iterator[ToldCase]:
    """Each yes-no question of a table, with the sentence that was found."""
    known = {stance.value: stance for stance in Stance}
    for case in judged("cuts"):
        if "says" in case:
            odds = stances(AskedQuestion(case["question"]), [case["quote"]])[0]
            name = f"{case['question']} {case['quote']}"
            yield ToldCase(name, known.get(case["says"]), odds.clear, True)


def facts() -> Iterator[ToldCase]:
    """Each sentence that was quoted for a yes-no question, but for those that can be argued."""
    known = {stance.value: stance for stance in Stance}
    for case in judged("said"):
        if case["says"] != UNJUDGED:
            told = agreed_stance(AskedQuestion(case["question"]), case["quote"])
            name = f"{case['question']} {case['quote']}"
            yield ToldCase(name, known.get(case["says"]), told, True)


def _word(what: Stance | Relation | None) -> str:
    return what.value if what else "neither"


if __name__ == "__main__":
    main()

"""Rows by rule are of their label."""

from __future__ import annotations

from random import Random

from rag.questions import Casing
from training.stances import made
from training.stances.altered import parsed
from training.stances.rows import LABELS, RELATIONS, StanceRow

EVIDENCE = "Ada Nilsen (born 7 May 1970) is a Norwegian builder of boats."


def claim(text: str, label: str) -> StanceRow:
    return StanceRow(text, EVIDENCE, label, "fever", "Ada_Nilsen")


def test_a_denied_claim_goes_the_other_way() -> None:
    rows = [
        claim("Ada Nilsen is a builder of boats.", "same"),
        claim("Ada Nilsen is not a builder of boats.", "against"),
        claim("Ada Nilsen is a Danish actor.", "against"),
        claim("Ada Nilsen is fond of cats.", "neither"),
    ]
    found = {(row.one, row.label) for seed in range(40) for row in made.denied_claims(rows, seed)}
    assert ("Ada Nilsen is not a builder of boats.", "against") in found
    assert ("Ada Nilsen is a builder of boats.", "same") in found
    assert ("Ada Nilsen is not a Danish actor.", "same") in found
    assert ("Ada Nilsen is not fond of cats.", "neither") in found
    assert {label for one, label in found if one.endswith("fond of cats.")} == {"neither"}


def test_another_number_contradicts() -> None:
    rows = [claim("Ada Nilsen was born in 1970.", "same")]
    found = [row for seed in range(20) for row in made.denied_claims(rows, seed)]
    numbers = {row.one for row in found if "was born in" in row.one and row.label == "against"}
    assert numbers
    assert "Ada Nilsen was born in 1970." not in numbers


def test_of_a_statement_each_label_is_made() -> None:
    one = parsed("The library was opened in 1970 by the mayor.", Casing(""))
    assert one is not None
    beside = ["The swans were hungry that winter."]
    found: dict[str, set[tuple[str, str]]] = {label: set() for label in LABELS}
    for seed in range(60):
        random = Random(seed)
        conditions, matters, subjects = ["if it rains"], ["the weather"], ["the museum"]
        for first, second, label in (
            *made._stances(one, beside, random, conditions, matters, subjects),
            *made._relations(one, beside, random, subjects),
        ):
            found[label].add((first, second))
    asked = "Was the library opened in 1970 by the mayor?"
    assert all(found.values())
    assert {first for label in found if label not in RELATIONS for first, _ in found[label]} == {
        asked
    }
    assert any("if it rains" in second for _, second in found["depends"])
    assert ("The museum was opened in 1970 by the mayor.") in {s for _, s in found["silent"]}
    assert all(one != other for one, other in found["against"])

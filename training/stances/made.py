"""Rows by rule: claims denied, and sentences asked, denied, put on a condition, of another subject.

Sentences of the texts of the training sets; nothing of a benchmark.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from rag.questions import Casing
from training.augment import echo
from training.stances.altered import (
    ParsedStatement,
    left_open,
    on_condition,
    opposed,
    parsed,
    reworded,
    undenied,
    with_other_number,
)
from training.stances.rows import (
    StanceRow,
    read,
    says_nothing_of,
    sentences_of,
)
from training.stances.sets import help_pages

MOST = 700  # statements of a set
_CONDITIONS = re.compile(
    r"(?<=[\w,] )(?:(?:only )?if|unless|provided that|as long as|except (?:if|when|where)"
    r"|only (?:when|where)|subject to|with the (?:prior )?(?:written )?consent of)"
    r" [^.;:()\n]{12,90}(?=\.)"
)
_MATTERS = re.compile(
    r"\bdepend(?:s|ing)? (?:up)?on ((?:the|your|how|which|whether|what) [^.;:,()\n]{8,70})(?=[.,])"
)
_FLIPPED = {"same": "against", "against": "same", "neither": "neither"}


def denied_claims(rows: Iterable[StanceRow], seed: int) -> Iterator[StanceRow]:
    """Of each claim and its evidence one row with the claim denied, or with another number.

    People who write what is false write "not" more often than others (Gururangan et al.,
    "Annotation Artifacts in Natural Language Inference Data", NAACL 2018): so both are denied.
    """
    random, casing = Random(seed), Casing("")
    conditions = CONDITIONS
    for row in rows:
        if not row.is_relation or row.set not in ("fever", "scifact"):
            continue
        if (plain := undenied(row.one)) is not None:
            yield _like(row, plain, row.other, _FLIPPED[row.label])
        one = parsed(row.one, casing)
        if one is None or one.is_denied:
            continue
        if random.random() < 0.6:
            yield _like(row, one.denied(random), row.other, _FLIPPED[row.label])
        if row.label != "same":
            continue
        # of "Toy Story 2" another number is another film
        other = None if any(c.isdigit() for c in row.group) else with_other_number(row.one, random)
        if other:
            yield _like(row, other, row.other, "against")
        if random.random() < 0.3 and (other := opposed(row.one, random)):
            yield _like(row, other, row.other, "against")
        if random.random() < 0.25:
            told = on_condition(row.other, random.choice(conditions), random)
            yield _like(row, one.question, told, "depends")


CONDITIONS = (
    "if the owner agrees",
    "unless it rains",
    "provided that all of them have signed",
    "as long as there is enough money",
    "only if nobody objects",
    "except when the office is closed",
    "if it was asked for in writing",
    "unless the committee decides otherwise",
)


def statements(data: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Set, group and sentences of each text that statements are taken from."""
    for name, _, answer, group in help_pages(data):
        yield name, group, sentences_of(answer)
    for name in ("conditionalqa_train_pseudo", "cuad", "fever_claims"):
        for row in read(data / f"qa/{name}.docs.jsonl.gz"):
            yield name, row["doc"], sentences_of(row["text"])
    for name in ("boolq_eraser", "selqa", "pubmedqa"):
        for row in read(data / f"qa/{name}.jsonl.gz"):
            yield name, row["group"], sentences_of(row["passage"])
    for name in ("amazon_reviews", "reddit"):
        whole = json.loads((data / f"squadshifts/{name}.json").read_text("utf-8"))
        for article in whole["data"]:
            for part in article["paragraphs"]:
                yield name, str(hash_of(part["context"])), sentences_of(part["context"])


def hash_of(text: str) -> str:
    """A name of a text that has none."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def made_rows(data: Path, seed: int) -> Iterator[StanceRow]:
    """Rows of statements: yes, no, depends and silent; same, against and neither."""
    random = Random(seed)
    texts = list(statements(data))
    random.shuffle(texts)
    whole = "\n".join(s for _, _, sentences in texts for s in sentences)
    conditions = sorted(set(_CONDITIONS.findall(whole))) or list(CONDITIONS)
    matters = sorted(set(_MATTERS.findall(whole)))
    casing = Casing(whole)
    taken: dict[str, int] = {}
    subjects = ["the museum"]
    seen: set[str] = set()
    for name, group, sentences in texts:
        for i, told in enumerate(sentences):
            if taken.get(name, 0) >= MOST or told in seen or len(told) > 260:
                continue
            seen.add(told)
            one = parsed(told, casing)
            if one is None or one.is_denied:
                continue
            taken[name] = taken.get(name, 0) + 1
            beside = [s for s in sentences[max(0, i - 2) : i + 3] if s != told and len(s) > 20]
            made = [
                *_stances(one, beside, random, conditions, matters, subjects),
                *_relations(one, beside, random, subjects),
            ]
            for first, second, label in made:
                yield StanceRow(first, second, label, f"made {name}", group)
            if 1 < len(one.subject.split()) < 6:
                subjects = [*subjects[-400:], one.subject]


def _stances(
    one: ParsedStatement,
    beside: Sequence[str],
    random: Random,
    conditions: Sequence[str],
    matters: Sequence[str],
    subjects: Sequence[str],
) -> Iterator[tuple[str, str, str]]:
    asked = one.question
    yield asked, reworded(one.told, one, random), "yes"
    against = [one.denied(random)]
    against += [o for o in (opposed(one.told, random), with_other_number(one.told, random)) if o]
    yield asked, random.choice(against), "no"
    if random.random() < 0.7:
        told = one.denied(random) if random.random() < 0.3 else one.told
        yield asked, on_condition(told, random.choice(conditions), random), "depends"
    if random.random() < 0.15:
        yield asked, left_open(one, random.choice(matters), random), "depends"
    silent = [s for s in beside if says_nothing_of(asked, s, "")]
    if silent:
        yield asked, random.choice(silent), "silent"
    kind = random.random()
    if kind < 0.3:
        yield asked, echo(asked, random), "silent"
    elif kind < 0.7:
        yield asked, one.of(random.choice(subjects)), "silent"


def _relations(
    one: ParsedStatement, beside: Sequence[str], random: Random, subjects: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    told, denied = one.told, one.denied(random)
    if (other := reworded(told, one, random)) != told:
        yield told, other, "same"
    if random.random() < 0.4:
        yield denied, one.denied(random), "same"
    against = [denied]
    against += [o for o in (opposed(told, random), with_other_number(told, random)) if o]
    yield told, reworded(random.choice(against), None, random), "against"
    if random.random() < 0.5:
        other = one.of(random.choice(subjects))
        yield (denied if random.random() < 0.3 else told), other, "neither"
    number = with_other_number(told, random) if random.random() < 0.3 else None
    if number and (changed := parsed(number, Casing(""))):
        yield told, changed.of(random.choice(subjects)), "neither"
    if beside and random.random() < 0.5:
        yield told, random.choice(beside), "neither"


def _like(row: StanceRow, one: str, other: str, label: str) -> StanceRow:
    return StanceRow(one, other, label, f"{row.set} denied", row.group)

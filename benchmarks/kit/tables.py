"""Tables to print: what each says is made here, so that what is read can be compared with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

RULES = ("all", "rows", "head", "none")  # which lines are drawn
_NAMES = [
    "Holm",
    "Berg",
    "Moe",
    "Lund",
    "Dahl",
    "Eide",
    "Foss",
    "Gran",
    "Kvist",
    "Aune",
    "Sele",
    "Rud",
    "Vik",
    "Ness",
    "Tveit",
    "Hauge",
]
_PLACES = [
    "Orre",
    "Varn",
    "Sula",
    "Brekke",
    "Hitra",
    "Molde",
    "Frei",
    "Smola",
    "Averoy",
    "Tustna",
    "Halsa",
    "Rindal",
]
_THINGS = [
    "jetty",
    "crane",
    "slip",
    "winch",
    "beacon",
    "boathouse",
    "fender",
    "ladder",
    "pontoon",
    "chain",
    "anchor",
    "lamp",
]
_WORDS = [
    "the",
    "board",
    "decided",
    "that",
    "every",
    "owner",
    "repairs",
    "what",
    "the",
    "storm",
    "broke",
    "before",
    "the",
    "first",
    "of",
    "May",
    "and",
    "reports",
    "it",
    "to",
    "the",
    "harbour",
    "master",
    "who",
    "keeps",
    "a",
    "list",
    "of",
    "all",
    "work",
    "that",
    "is",
    "still",
    "to",
    "be",
    "done",
    "on",
    "both",
    "sides",
    "of",
    "the",
    "old",
    "quay",
    "where",
    "no",
    "boat",
    "may",
    "lie",
    "at",
    "night",
    "without",
    "a",
    "lamp",
    "of",
    "its",
    "own",
]
_DUTIES = (
    "paints the boathouse outside every fifth year and inside every third year",
    "repairs the roof, the gutters and the outer doors at his own cost",
    "keeps the steps free of ice and snow from November to March",
    "is paid in two parts, the second after the summer",
    "none", "once a year", "see the minutes of the spring meeting, page 4",
)  # fmt: skip

Column = tuple[str, bool, float, Callable[[random.Random, int], str]]  # label, right, width, value


class Table(NamedTuple):
    """A table: rows of its header as texts with the columns that they cover, and its rows.

    `widths` are shares of the page's; `right` are the columns that are set flush right; `spans`
    counts the rows that a cell of the first column covers, 1 where it is one.
    """

    header: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int]
    rules: str
    bold: bool = True
    padding: float = 4.0
    middle: bool = False
    spans: int = 1

    @property
    def labels(self) -> list[str]:
        """What the header calls each column."""
        said: list[list[str]] = [[] for _ in self.widths]
        for row in self.header:
            spread = [text for text, columns in row for _ in range(columns)]
            for texts, text in zip(said, spread, strict=True):
                texts += [text] if text else []
        return [" ".join(texts) for texts in said]

    @property
    def cells(self) -> Iterator[list[tuple[str, str]]]:
        """The cells of each row that say something, each with its label."""
        for row in self.rows:
            yield [(label, text) for label, text in zip(self.labels, row, strict=True) if text]


class Sheet(NamedTuple):
    """A document: paragraphs and tables in their order."""

    name: str
    parts: tuple[str | Table, ...]

    @property
    def tables(self) -> list[Table]:
        """Its tables."""
        return [part for part in self.parts if isinstance(part, Table)]


def _one(values: Sequence[str]) -> Callable[[random.Random, int], str]:
    return lambda rng, i: rng.choice(values)


_KEYS: Sequence[Column] = (
    ("Berth", False, 1, lambda rng, i: str(i + 1)),
    ("Clause", False, 1, lambda rng, i: f"{i // 9 + 1}.{i % 9 + 1}"),
    ("Invoice", False, 1.5, lambda rng, i: f"INV-{1000 + 7 * i}"),
)
_COLUMNS: Sequence[Column] = (
    ("Owner", False, 1.4, _one(_NAMES)),
    ("Place", False, 1.4, _one(_PLACES)),
    ("Part", False, 1.5, _one(_THINGS)),
    ("Amount due", True, 1.4, lambda rng, i: f"{rng.randint(1, 98)},{rng.randint(100, 999)}.00"),
    ("Boats", True, 1, lambda rng, i: str(rng.randint(1, 400))),
    ("Date", False, 1.5, lambda rng, i: f"2024-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"),
    ("Annual fee", True, 1.5, lambda rng, i: f"{rng.randint(900, 4000)} NOK"),
)
_WRAPPED: Sequence[Column] = (
    ("Duty", False, 3, lambda rng, i: f"{rng.choice(_NAMES)} {rng.choice(_DUTIES)}"),
    ("Remarks", False, 2.6, _one(_DUTIES)),
)


def prose(rng: random.Random, sentences: int = 4) -> str:
    """A paragraph."""
    made = (" ".join(rng.choices(_WORDS, k=rng.randint(9, 18))) for _ in range(sentences))
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in made)


def table(
    rng: random.Random, rules: str, rows: int, *, wrapped: bool, grouped: bool, bold: bool
) -> Table:
    """A table with a column that names its rows, and four others or five."""
    chosen = [rng.choice(_KEYS), *rng.sample(_COLUMNS, 3)]
    if wrapped:
        chosen.insert(rng.randint(1, 4), rng.choice(_WRAPPED))
    header: list[tuple[tuple[str, int], ...]] = [tuple((c[0], 1) for c in chosen)]
    if grouped:
        number = _COLUMNS[4][3]
        pair = [("Planned", True, 1.2, number), ("Actual", True, 1.2, number)]
        chosen = [*chosen[:2], *pair, *pair]
        upper = (*(("", 1) for _ in range(2)), ("2023", 2), ("2024", 2))
        header = [upper, tuple((c[0], 1) for c in chosen)]
    total = sum(c[2] for c in chosen)
    made = tuple(
        tuple(
            "" if n > 1 and not grouped and rng.random() < 0.06 else c[3](rng, i)
            for n, c in enumerate(chosen)
        )
        for i in range(rows)
    )
    right = frozenset(i for i, c in enumerate(chosen) if c[1])
    widths = tuple(c[2] / total for c in chosen)
    return Table(tuple(header), made, widths, right, rules, bold)


def first_sheets(count: int = 30) -> list[Sheet]:
    """The sheets that the reading of tables was made with."""
    rng = random.Random(5)
    made: list[Sheet] = []
    tables = 0
    while tables < count:
        i = len(made)
        long = i % 5 == 3
        one = table(
            rng,
            RULES[i % len(RULES)],
            rng.randint(45, 70) if long else rng.randint(4, 12),
            wrapped=i % 2 == 0 or i % 7 == 0,
            grouped=i % 6 == 1,
            bold=i % 3 != 2,
        )
        parts: list[str | Table] = [prose(rng), one, prose(rng)]
        if i % 4 == 1 and not long:
            two = table(rng, RULES[(i + 2) % 4], 5, wrapped=False, grouped=False, bold=i % 2 == 0)
            parts += [two, prose(rng)]
        made.append(Sheet(f"first{i:02}", tuple(parts)))
        tables += len(made[-1].tables)
    return made

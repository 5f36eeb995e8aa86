"""Tables to print: what each says is made here, so that what is read can be compared with it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

RULES = ("all", "rows", "head", "none")  # which lines are drawn
_NAMES, _PLACES, _THINGS, _WORDS, _GERMAN = (
    text.split()
    for text in (
        "Holm Berg Moe Lund Dahl Eide Foss Gran Kvist Aune Sele Rud Vik Ness Tveit Hauge",
        "Orre Varn Sula Brekke Hitra Molde Frei Smola Averoy Tustna Halsa Rindal",
        "jetty crane slip winch beacon boathouse fender ladder pontoon chain anchor lamp",
        "the board decided that every owner repairs what the storm broke before the first of May "
        "and reports it to the harbour master who keeps a list of all work that is still to be "
        "done on both sides of the old quay where no boat may lie at night without a lamp of its "
        "own",
        "Pumpe Filter Ventil Kessel Rohr Dichtung Kupplung Lager Welle Motor Schieber Deckel",
    )
)
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


class TableSheet(NamedTuple):
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


_OTHERS: Sequence[Column] = (
    ("Bezeichnung", False, 2, lambda rng, i: f"{rng.choice(_GERMAN)} {rng.randint(2, 90)}"),
    ("Menge", True, 1, lambda rng, i: str(rng.randint(1, 2000))),
    (
        "Einzelpreis in Euro",
        True,
        1.3,
        lambda rng, i: f"{rng.randint(1, 900)},{rng.randint(10, 99)}",
    ),
    ("Anteil", True, 1, lambda rng, i: f"{rng.randint(0, 99)} %"),
    ("Lager", False, 1.2, _one(("Nord", "Süd", "Halle 3", "Keller"))),
    ("geprüft", False, 1.1, _one(("ja", "nein", "am 3. Mai"))),
    ("Zuständig für die Wartung", False, 1.8, _one(_NAMES)),
    ("km", True, 0.8, lambda rng, i: f"{rng.randint(1, 90)}.{rng.randint(0, 9)}"),
)
_NOTES = (
    "Wird vor jedem Winter geleert und bis zum Frühjahr trocken gehalten, siehe Anhang B",
    "Nur mit zwei Personen öffnen", "–", "Ersatz liegt im Keller; Schlüssel beim Hausmeister",
    "Der Hersteller liefert dieses Teil seit 2019 nicht mehr, ein anderes passt ebenso",
)  # fmt: skip


def other_table(rng: random.Random, i: int) -> Table:
    """A table of another shape: two columns or six, rows in groups, tight, hardly ever bold."""
    rows = rng.randint(5, 14) if i % 4 else rng.randint(40, 60)
    key: Column = ("Teil", False, 1.2, lambda rng, i: f"T{17 * i + 103}")
    note: Column = ("Hinweis", False, 3.2, lambda rng, i: rng.choice(_NOTES).replace(";", ","))
    shape = i % 5
    if shape == 0:  # two columns
        chosen = [key, note]
    elif shape == 1:  # many narrow ones
        chosen = [key, *rng.sample([c for c in _OTHERS if c[2] < 1.4], 5)]
    elif shape == 2:  # rows in groups under a cell of the first column
        chosen = [("Gruppe", False, 1.2, lambda rng, i: f"G{i}"), key, *rng.sample(_OTHERS, 3)]
    elif shape == 3:  # notes in the middle
        chosen = [key, note, *rng.sample(_OTHERS, 2)]
    else:  # a header over two columns, and one beside it
        chosen = [key, *rng.sample(_OTHERS, 3)]
    header: list[tuple[tuple[str, int], ...]] = [tuple((c[0], 1) for c in chosen)]
    if shape == 4:
        header.insert(0, (("", 1), ("Bestand", 2), ("", 1)))
    spans = 3 if shape == 2 else 1
    made: list[tuple[str, ...]] = []
    for n in range(rows):
        values = [c[3](rng, n // spans if spans > 1 and not k else n) for k, c in enumerate(chosen)]
        blank = 0.15 if shape in (1, 3) else 0.0
        made.append(tuple("" if k and rng.random() < blank else v for k, v in enumerate(values)))
    total = sum(c[2] for c in chosen)
    return Table(
        tuple(header),
        tuple(made),
        tuple(c[2] / total for c in chosen),
        frozenset(k for k, c in enumerate(chosen) if c[1]),
        RULES[(i // 2 + i) % 4],
        bold=i % 4 == 1,
        padding=(3.0, 6.0)[i % 2],
        middle=i % 3 == 0,
        spans=spans,
    )


def other_sheets(count: int = 30) -> list[TableSheet]:
    """Sheets of other shapes, which were made after tables were read."""
    rng = random.Random(11)
    made: list[TableSheet] = []
    for i in range(count):
        parts: list[str | Table] = [prose(rng, 2), other_table(rng, i), prose(rng, 3)]
        made.append(TableSheet(f"other{i:02}", tuple(parts)))
    return made


def first_sheets(count: int = 30) -> list[TableSheet]:
    """The sheets that the reading of tables was made with."""
    rng = random.Random(5)
    made: list[TableSheet] = []
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
        made.append(TableSheet(f"first{i:02}", tuple(parts)))
        tables += len(made[-1].tables)
    return made

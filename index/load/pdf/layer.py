"""The lines of a page with its fields, which words of it are used up as labels, and the entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from index.load.grid import is_value, named
from index.load.pdf.fields import WRITTEN, Field
from index.load.pdf.labels import MOST, Row, Words, captions, gap_below, heads, parted, rows
from index.load.pdf.sheet import FilledField, Run

_LONGEST = 120  # characters of a head
_WORDS = 4  # of a sentence, at least: an abbreviation has a full stop too
_PITCH = 1.5  # times from a line to the next: the line above is of the same table

Option = tuple[Field, Words | None]  # a box, and what it is about


class Layer:
    """What is made of one page; `gaps` are those between captions and the fields above them."""

    def __init__(self, runs: Iterable[Run], fields: Sequence[Field]) -> None:
        self.runs = parted(runs)
        self.lines: list[Row] = rows(self.runs, fields)
        self.heads, self.captions = heads(self.lines), captions(self.lines)
        self.gaps = {words.runs: gap_below(f, words) for f, words in self.captions.items()}
        self.boxes = Counter(field.name for field in fields if field.kind not in WRITTEN)
        self.entries: list[FilledField] = []
        self._lines = {
            item.runs: at
            for at, line in enumerate(self.lines)
            for item in line.items
            if isinstance(item, Words)
        }
        self._choices: dict[str, tuple[Words | str, list[Option]]] = {}
        self._taken: set[int] = set()
        self._amid: dict[int, list[Run]] = {}  # runs by the number of the one that they follow

    def rest(self) -> Iterator[Run]:
        """The runs that label nothing, and values amid them."""
        yield from self._amid.get(-1, ())
        for i, run in enumerate(self.runs):
            if i not in self._taken:
                yield run
            yield from self._amid.get(i, ())

    def free(self, item: Words | Field | None) -> Words | None:
        """`item` where it is words that label nothing else."""
        if isinstance(item, Words) and self._taken.isdisjoint(item.runs):
            return item
        return None

    def beside(self, head: Words, words: Words) -> Words | None:
        """The words on the line of `head` that stand above `words`."""
        for item in self.lines[self._lines[head.runs]].items:
            if isinstance(item, Words) and _meet(item, words):
                return item
        return None

    def head(self, field: Field, group: Sequence[Field]) -> Words | None:
        """What names the column of a field, which is beside others in a table's line."""
        words = self.heads.get(field)
        if words is None or len(words.text) > _LONGEST or self.is_datum(words):
            return None
        ends = words.text.endswith((".", "!")) and len(words.text.split()) >= _WORDS
        wide = sum(words.left < one.box.right and words.right > one.box.left for one in group) > 1
        return None if ends or wide else words

    def is_datum(self, words: Words) -> bool:
        """Whether words are a cell of a table's row: a value, or below another of their column."""
        if is_value(words.text):
            return True
        at = self._lines[words.runs]
        line = self.lines[at]
        if at == 0 or at + 1 == len(self.lines):
            return False
        above = self.lines[at - 1]
        if above.base - line.base > _PITCH * (line.base - self.lines[at + 1].base):
            return False
        cells, others = (
            [item for item in row.items[:MOST] if isinstance(item, Words)] for row in (line, above)
        )
        over = [other for other in others if _meet(other, words)]
        return min(len(cells), len(others)) > 1 and any(
            sum(_meet(other, cell) for cell in cells) == 1 for other in over
        )

    def take(self, runs: Iterable[int]) -> None:
        """Runs are used up."""
        self._taken.update(runs)

    def add(
        self,
        text: str,
        field: Field,
        label: Words | None = None,
        unit: Words | None = None,
        others: Iterable[Field | Words] = (),
    ) -> None:
        """Add an entry, whose label and unit of measure are used up; `others` are in it, too."""
        for words in (label, unit):
            self.take(words.runs if words else ())
        box = field.box
        whole = box.around(*(one.box for one in (label, unit, *others) if one))
        base = label.base if label else max(box.bottom + 3, box.top - 12)
        left = min(box.left, label.left) if label else box.left
        text = f"{text} {unit.text}" if unit else text
        self.entries.append(FilledField(text, left, box.right, base, whole))

    def insert(
        self, group: Iterable[Field], before: Words | None, after: Words | None, tight: bool
    ) -> None:
        """Put values into the sentence that they stand in; `tight`: it goes on without a space."""
        beside = before or after
        at = before.runs[-1] if before else after.runs[0] - 1 if after else -1
        for field in group:
            value, box = " ".join(field.value.split()), field.box
            if not (value and beside):
                continue
            end = min(box.right, box.left + 0.5 * beside.size * len(value))
            left = max(box.left, before.right + 0.3 * beside.size) if before else box.left
            run = Run(value, left, max(end, left + 1), beside.base, beside.size, tag=beside.tag)
            if tight and after:
                run = run._replace(right=after.left)
                self.runs[after.runs[0]] = self.runs[after.runs[0]]._replace(spaced=False)
            self._amid.setdefault(at, []).append(run)

    def offer(self, lead: Words | str, option: Option) -> None:
        """Add a box of those of which one is chosen; the first has what they are about."""
        self._choices.setdefault(option[0].name, (lead, []))[1].append(option)

    def choose(self) -> None:
        """Add what was offered."""
        for lead, options in self._choices.values():
            self.choice(lead, options)

    def choice(self, lead: Words | str, options: Sequence[Option]) -> None:
        """Add what can be chosen, in one line."""
        if any(words or field.on for field, words in options):
            said = [ticked(field, words.text if words else "") for field, words in options]
            self.take(i for _, words in options if words for i in words.runs)
            label = None if isinstance(lead, str) else lead
            text = named(lead if isinstance(lead, str) else lead.text, " ".join(said))
            told = [one for option in options for one in option if one]
            self.add(text, options[0][0], label, others=told)


def _meet(a: Words, b: Words) -> bool:
    return a.left < b.right and a.right > b.left


def ticked(field: Field, text: str) -> str:
    """What a box is about, and whether it is ticked."""
    return f"[{'x' if field.on else ' '}] {text.lstrip('☐□▢◻❑❏❒○◯ ')}".rstrip()

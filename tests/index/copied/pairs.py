"""How the pairs are made of the articles."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from index.types import Document
from tests.doubles import document
from tests.index.copied.articles import DEVELOPED, HELD_OUT

Change = Callable[[str], str]


@dataclass(frozen=True)
class Pair:
    """Two texts that were made of one article, and what they are called."""

    name: str
    article: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.article}, {self.name}"

    @property
    def documents(self) -> tuple[Document, Document]:
        """Both, as files of a folder."""
        suffix = self.article[self.article.index(".") :]
        return document(self.first, self.article), document(self.second, f"other{suffix}")


def footer(words: str) -> Change:
    """With paragraphs behind the text."""
    return lambda text: f"{text.rstrip()}\n\n{words}\n"


def header(words: str) -> Change:
    """With a paragraph above the text; a title stays above it."""

    def change(text: str) -> str:
        blocks = _blocks(text)
        titled = not blocks[0].endswith(".")
        return "\n\n".join([*blocks[:titled], words, *blocks[titled:]]) + "\n"

    return change


def advertised(words: str, after: int) -> Change:
    """With a paragraph between two others."""

    def change(text: str) -> str:
        blocks = _blocks(text)
        return "\n\n".join([*blocks[:after], words, *blocks[after:]]) + "\n"

    return change


def shuffled(seed: int) -> Change:
    """With paragraphs in another order, those under a heading as one; what stands above stays."""

    def change(text: str) -> str:
        blocks = _blocks(text)
        headed = [i for i, b in enumerate(blocks) if _is_heading(blocks, i)]
        starts = (
            headed[1:]
            if len(headed) > 2
            else [i for i, b in enumerate(blocks) if b.endswith(".") and i not in headed]
        )
        head = blocks[: starts[0]]
        parts = ["\n\n".join(blocks[a:b]) for a, b in pairwise([*starts, len(blocks)])]
        others = parts[:]
        random.Random(seed).shuffle(others)
        if others == parts:
            others.reverse()
        return "\n\n".join([*head, *others]) + "\n"

    return change


def rewrapped(width: int) -> Change:
    """With lines broken elsewhere and typographic quotation marks."""

    def change(text: str) -> str:
        whole = _blocks(text)
        blocks = [
            b if _is_heading(whole, i) or b.startswith("- ") else textwrap.fill(b, width)
            for i, b in enumerate(whole)
        ]
        return "\n\n".join(blocks).replace("'", "’") + "\n"

    return change


def edit(old: str, new: str) -> Change:
    """With one thing changed."""

    wanted = re.compile(r"\s+".join(map(re.escape, old.split())))

    def change(text: str) -> str:
        changed, count = wanted.subn(lambda _: new, text)
        assert count == 1, old
        return changed

    return change


def _blocks(text: str) -> list[str]:
    return re.split(r"\n{2,}", text.strip())


def _is_heading(blocks: list[str], i: int) -> bool:
    return blocks[i].startswith("#") or not blocks[i].endswith((".", "!"))


def _made(articles: dict[str, str], article: str, *changes: Change) -> str:
    text = articles[article]
    for change in changes:
        text = change(text)
    return text


ABOUT = footer(
    "About this page: it was put together by the volunteers of the Sound Archive. They meet on "
    "Thursdays above the chandler's shop. Old photographs are welcome there."
)
GIVE = footer(
    "Our museum lives on gifts. A gift of ten crowns keeps one picture from the damp for a year. "
    "The cashier takes coins of any country."
)
SHORT = footer("Copied with the kind leave of the author.")
LONG = footer(
    "This text is offered to schools without charge.\n\nTeachers may print it for their pupils, "
    "and may leave out what they do not need. They should name the author where they know who it "
    "was. For exhibitions, calendars and the like, please write to the office in Marktgasse first, "
    "which answers within two weeks.\n\nThe office does not keep addresses. It has no telephone "
    "since the flood."
)
WEATHER = header(
    "Good morning from the editors! Today the sun rises at seven and the harbour is open."
)
SERIES = header("This is the fourth part of our summer series on places that are easy to miss.")
SHOES = advertised(
    "Walk further in shoes by Brandt: two pairs for the price of one until Easter.", 3
)
TEA = advertised("The tea room opposite serves plum cake all day.", 2)

COPIES_DEVELOPED = [
    Pair(name, article, _made(DEVELOPED, article, *one), _made(DEVELOPED, article, *other))
    for name, article, one, other in [
        ("footer", "ferry.txt", [], [ABOUT]),
        ("two footers", "ferry.txt", [SHORT], [GIVE]),
        ("another order", "ferry.txt", [], [shuffled(1)]),
        ("header and footer", "ferry.txt", [WEATHER], [LONG]),
        ("footer", "library.md", [], [GIVE]),
        ("another order", "library.md", [], [shuffled(2)]),
        ("two footers", "library.md", [ABOUT], [SHORT]),
        ("advertisement", "library.md", [], [TEA]),
        ("footer", "quarry.txt", [], [LONG]),
        ("another order and footer", "quarry.txt", [], [shuffled(3), GIVE]),
        ("header", "quarry.txt", [], [SERIES]),
        ("rewrapped", "quarry.txt", [], [rewrapped(60), SHORT]),
        ("footer", "minutes.txt", [], [SHORT]),
        ("header", "minutes.txt", [], [SERIES]),
        ("two footers", "minutes.txt", [GIVE], [ABOUT]),
        ("footer", "moss.txt", [], [ABOUT]),
        ("another order", "moss.txt", [], [shuffled(4)]),
        ("advertisements", "moss.txt", [TEA], [SHOES]),
        ("all", "moss.txt", [SERIES, LONG], [shuffled(5), SHOES, GIVE]),
        ("rewrapped", "moss.txt", [], [rewrapped(50), WEATHER]),
        ("footer", "clock.md", [], [SHORT]),
        ("long footer", "clock.md", [], [GIVE]),
        ("another order", "clock.md", [], [shuffled(6)]),
        ("another order and footer", "bakery.md", [], [shuffled(7), ABOUT]),
        ("header, advertisement", "bakery.md", [WEATHER], [SHOES]),
    ]
]

EDITS_DEVELOPED = [
    Pair(f"{old} → {new}", article, DEVELOPED[article], edit(old, new)(DEVELOPED[article]))
    for article, old, new in [
        ("ferry.txt", "since 1911", "since 1921"),
        ("ferry.txt", "240 passengers", "340 passengers"),
        ("ferry.txt", "Tobias Reck", "Anders Holt"),
        ("ferry.txt", "in Gdynia", "in Rostock"),
        ("ferry.txt", "Nobody has drowned", "A child has drowned"),
        ("ferry.txt", "12 March 2018", "12 March 2019"),
        ("ferry.txt", "The Ferry of Ostrava Sound", "The Ferry of Malmen Sound"),
        ("library.md", "may borrow", "may not borrow"),
        ("library.md", "was not asked", "was asked"),
        ("library.md", "One jar in nine", "One jar in six"),
        ("library.md", "at Oerle", "at Zeelst"),
        ("library.md", "## What is lost", "## What is not lost"),
        ("quarry.txt", "from 1798", "from 1789"),
        ("quarry.txt", "is forbidden", "is not forbidden"),
        ("quarry.txt", "nine centimetres", "ninety centimetres"),
        ("quarry.txt", "eleven wagons", "seven wagons"),
        ("minutes.txt", "3 May 2022", "4 May 2022"),
        ("minutes.txt", "was not carried", "was carried"),
        ("minutes.txt", "412 pounds", "421 pounds"),
        ("minutes.txt", "7 June 2022", "14 June 2022"),
        ("moss.txt", "3.5 kilometres", "35 kilometres"),
        ("moss.txt", "Dogs are not allowed", "Dogs are allowed"),
        ("clock.md", "Anton Weiss", "Josef Kral"),
        ("clock.md", "Since 1998", "Since 1989"),
        ("bakery.md", "at five in the morning", "at six in the morning"),
    ]
]


RIGHTS = footer(
    "© 2023 The Valley Reader. All rights reserved.\n\nPrinted on paper from the Rohr mill."
)
DESK = footer(
    "Do you know more about this? Write to our desk, or leave a note in the yellow box at the "
    "station. We read everything and answer most of it.\n\nTomorrow: why the swifts come later "
    "every year."
)
LISTED = footer(
    "Further reading\n\n- Handbook of Forgotten Trades, volume two\n- Letters of a county surveyor"
    "\n- The winter of the long ice"
)
OFFICE = footer(
    "The tourist office opens at nine and closes at five, on Sundays at noon.\n\nMaps are free. "
    "Guided walks start at the fountain and need no booking. Groups of more than twelve should ask "
    "a week before.\n\nThe office keeps lost gloves, umbrellas and, on one occasion, a goat, which "
    "was called for by its owner after three days and had by then eaten the visitors' book. Since "
    "then the visitors' book lies in a drawer."
)
NOTE = footer("Transcribed from the wall of the reading room by a volunteer.")
MASTHEAD = header("Edition for the eastern districts. Price two crowns, with the supplement three.")
PICTURE = header("Photograph: a view from the south, taken by a reader before breakfast.")
CIRCUS = advertised(
    "The circus is coming! Elephants of paper, real acrobats, ten evenings only.", 3
)
LAMPS = advertised("Lamps, shades and wires are repaired while you wait at Sorensen's.", 2)
SOUP = advertised("Soup of the day at the Golden Carp, also to take home in your own pot.", 4)

COPIES_HELD_OUT = [
    Pair(name, article, _made(HELD_OUT, article, *one), _made(HELD_OUT, article, *other))
    for name, article, one, other in [
        ("footer", "weaver.txt", [], [RIGHTS]),
        ("two footers", "weaver.txt", [DESK], [LISTED]),
        ("another order", "weaver.txt", [], [shuffled(11)]),
        ("rewrapped", "weaver.txt", [], [rewrapped(45), NOTE]),
        ("footer", "bridge.md", [], [OFFICE]),
        ("another order", "bridge.md", [RIGHTS], [shuffled(12), DESK]),
        ("header", "bridge.md", [], [PICTURE]),
        ("advertisement", "bridge.md", [NOTE], [LAMPS]),
        ("footer", "bees.txt", [], [LISTED]),
        ("another order", "bees.txt", [], [shuffled(13)]),
        ("two footers", "bees.txt", [RIGHTS], [OFFICE]),
        ("header and footer", "bees.txt", [DESK], [MASTHEAD, NOTE]),
        ("footer", "tide.txt", [], [OFFICE]),
        ("another order", "tide.txt", [DESK], [shuffled(14), CIRCUS]),
        ("two headers", "tide.txt", [PICTURE], [MASTHEAD]),
        ("advertisements", "tide.txt", [LAMPS], [SOUP]),
        ("all", "tide.txt", [MASTHEAD, RIGHTS], [shuffled(15), LAMPS, OFFICE]),
        ("footer", "tram.md", [], [DESK]),
        ("advertisement", "tram.md", [], [LAMPS]),
        ("footer", "well.txt", [], [LISTED]),
        ("another order", "well.txt", [], [shuffled(16), NOTE]),
        ("rewrapped", "well.txt", [RIGHTS], [rewrapped(70), DESK]),
        ("footer", "school.md", [], [OFFICE]),
        ("another order", "school.md", [], [shuffled(17)]),
        ("two footers", "school.md", [NOTE], [LISTED]),
    ]
]

EDITS_HELD_OUT = [
    Pair(f"{old} → {new}", article, HELD_OUT[article], edit(old, new)(HELD_OUT[article]))
    for article, old, new in [
        ("weaver.txt", "Weaving with nettles", "Weaving without nettles"),
        ("weaver.txt", "in the 1840s", "in the 1860s"),
        ("weaver.txt", "does not scratch", "does scratch"),
        ("weaver.txt", "Ludmila Hajek", "Zuzana Novotna"),
        ("bridge.md", "crosses the Rohr", "crosses the Weiss"),
        ("bridge.md", "9 August 1891", "19 August 1891"),
        ("bridge.md", "3.5 tonnes", "35 tonnes"),
        ("bridge.md", "may not cross", "may cross"),
        ("bridge.md", "after fifteen years", "after fifty years"),
        ("bees.txt", "for 2021", "for 2022"),
        ("bees.txt", "was not harvested", "was harvested"),
        ("bees.txt", "Petra Winkler", "Marta Cerna"),
        ("bees.txt", "25 crowns", "35 crowns"),
        ("bees.txt", "whoever returned", "Jan Urban, who returned"),
        ("tide.txt", "two hundred years", "three hundred years"),
        ("tide.txt", "Ewan Laird", "Hamish Gow"),
        ("tide.txt", "there is no lift", "there is a lift"),
        ("tide.txt", "three months", "eight months"),
        ("tram.md", "# Line 6 returns", "# Line 7 returns"),
        ("tram.md", "| Cemetery | 15 |", "| Cemetery | 16 |"),
        ("tram.md", "end of May", "end of June"),
        ("well.txt", "53 metres", "58 metres"),
        ("well.txt", "never found", "often found"),
        ("school.md", "14 February 2020", "14 February 2021"),
        ("school.md", "5. Pianos are not moved.", "5. Pianos are moved."),
    ]
]


def dressed(pair: Pair) -> list[Pair]:
    """The pair, of which one text has another dress as well."""
    changes = [(GIVE,), (shuffled(8), ABOUT), (WEATHER, SHORT)]
    return [
        Pair(f"{pair.name}, dressed", pair.article, pair.first, _made({"": pair.second}, "", *c))
        for c in changes
    ]


COPIES = COPIES_DEVELOPED + COPIES_HELD_OUT
EDITS = EDITS_DEVELOPED + EDITS_HELD_OUT

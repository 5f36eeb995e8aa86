"""Write rag/synonyms.txt from WordNet 3.0: python -m training.synonyms --wordnet /usr/share/wordnet

The folder is that of Debian's wordnet-base, or of any WordNet 3.0 (Miller, CACM 1995). What is
kept: of each sense its words, where both are in use for it; words that are derived from one
another; irregular forms; and the opposites among verbs, adjectives and adverbs, also those of the
words that WordNet has as like an adjective. A word is in use for a sense that is among its first
`SENSES`, which WordNet has in order of how often they were found. No two words are kept as of one
meaning that are opposites in any sense.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Set
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from index.language import stems
from rag.statements import SYNONYMS, stem

SENSES = 3  # of a word, the commonest
RARER = 5  # of the other word
PARTS = ("noun", "verb", "adj", "adv")


Pair = tuple[str, str]


class _Synset(NamedTuple):
    words: list[str]
    pointers: list[tuple[str, str, str, int, int]]  # sign, offset, part, own word, other's word


_Synsets = Mapping[str, Mapping[str, _Synset]]  # by the part of speech and the offset


def main() -> None:
    """Write the file; its first lines say what it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wordnet", type=Path, required=True)
    args = parser.parse_args()
    synsets = {p: dict(_synsets(args.wordnet / f"data.{p}")) for p in PARTS}
    used, known = (
        {p: set(_used(args.wordnet / f"index.{p}", n)) for p in PARTS} for n in (SENSES, RARER)
    )
    forms = dict(sorted(_irregular(args.wordnet)))
    opposites = {pair for a, b in _linked(synsets, "!") for pair in _pairs(a, b, forms)}
    same: set[Pair] = set()
    for part, own in synsets.items():
        for offset, synset in own.items():
            words = [w for w in synset.words if (w, offset) in known[part]]
            for a, b in combinations(words, 2):
                if (a, offset) in used[part] or (b, offset) in used[part]:
                    same |= _pairs(a, b, forms)
    for a, b in _linked(synsets, "+", used):
        same |= _pairs(a, b, forms)
    same = {(a, b) for a, b in same - opposites if a != b}
    lines = [f"{form} = {word}" for form, word in forms.items()]
    lines += [f"{a} {b}" for a, b in sorted(same) if a < b]
    said = (p for a, b in _opposites(synsets, used, known) for p in _pairs(a, b, forms))
    opposed = sorted({(a, b) for a, b in said if a < b})
    lines += [f"{a} ! {b}" for a, b in opposed]
    SYNONYMS.write_text("\n".join(lines) + "\n", "utf-8")
    print(len(forms), "irregular forms,", len(same) // 2, "pairs,", len(opposed), "opposites")


def _synsets(file: Path) -> Iterator[tuple[str, _Synset]]:
    for line in file.read_text("utf-8").splitlines():
        if line.startswith(" "):
            continue  # the licence
        offset, _, _, count, *rest = line.split(" | ")[0].split(" ")
        words = [w.split("(")[0].replace("_", " ") for w in rest[: 2 * int(count, 16) : 2]]
        rest = rest[2 * int(count, 16) :]
        pointers = [
            (rest[i], rest[i + 1], rest[i + 2], int(rest[i + 3][:2], 16), int(rest[i + 3][2:], 16))
            for i in range(1, 4 * int(rest[0]), 4)
        ]
        yield offset, _Synset(words, pointers)


def _used(file: Path, most: int) -> Iterator[Pair]:
    """Each word with those of its senses that were found and are among its first."""
    for line in file.read_text("utf-8").splitlines():
        if not line.startswith(" "):
            word, _, _, pointers, *rest = line.split()
            tagged, *offsets = rest[int(pointers) + 1 :]
            for offset in offsets[: min(most, int(tagged))]:
                yield word.replace("_", " "), offset


def _irregular(folder: Path) -> Iterator[Pair]:
    """Forms of nouns and verbs, and their words; a better one is no good one."""
    for part in ("noun", "verb"):
        for line in (folder / f"{part}.exc").read_text("utf-8").splitlines():
            form, word, *_ = line.split()
            if form.isalpha() and word.isalpha() and stems(form) and stem(form) != stem(word):
                yield form, word


def _linked(
    synsets: _Synsets, sign: str, used: Mapping[str, Set[Pair]] | None = None
) -> Iterator[Pair]:
    """The words that a pointer of this sign joins."""
    parts = {"n": "noun", "v": "verb", "a": "adj", "s": "adj", "r": "adv"}
    for own, senses in synsets.items():
        for at, synset in senses.items():
            for kind, offset, part, mine, others in synset.pointers:
                if kind == sign and mine and others:
                    a = synset.words[mine - 1]
                    b = synsets[parts[part]][offset].words[others - 1]
                    if used is None or {(a, at), (b, offset)} & (used[own] | used[parts[part]]):
                        yield a, b


def _opposites(
    synsets: _Synsets, used: Mapping[str, Set[Pair]], known: Mapping[str, Set[Pair]]
) -> Iterator[Pair]:
    """Opposites in use, of which no noun is one: what is no mother may be no father either."""
    for own in ("verb", "adj", "adv"):
        for at, synset in synsets[own].items():
            for sign, offset, _, mine, others in synset.pointers:
                if sign != "!":
                    continue
                a, b = synset.words[mine - 1], synsets[own][offset].words[others - 1]
                pair = {(a, at), (b, offset)}
                if pair <= known[own] and pair & used[own]:
                    yield a, b
                if (b, offset) in used[own]:
                    alike = (o for sign, o, *_ in synset.pointers if sign == "&")
                    yield from (
                        (w, b) for o in alike for w in synsets[own][o].words if (w, o) in used[own]
                    )


def _pairs(a: str, b: str, forms: dict[str, str]) -> set[Pair]:
    """The two by their stems, in either order; none where one is a name or a number."""
    if a != a.lower() or b != b.lower() or not all(_plain(w) for w in (a, b)):
        return set()
    one, other = ("_".join(stem(forms.get(w, w)) for w in x.split(" ")) for x in (a, b))
    return {(one, other), (other, one)}


def _plain(word: str) -> bool:
    return word.replace(" ", "").replace("-", "").isalpha() and word.count(" ") < 2


if __name__ == "__main__":
    main()

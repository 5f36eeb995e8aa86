"""Stage 1b, what a word means: python -m training.definitions --data ../shared/data

Few questions of the sets ask what an abbreviation stands for or what a thing is, and people ask
that first. This makes some from the mined passages: "Long Name (LN)", also turned round as
"LN (Long Name)" and "the LN Act (Long Name)"; "X is a …"; "X, a …,". The negatives are passages
that hold the word and do not say what it means. No question of a benchmark is made. Writes
definitions.passages.jsonl and definitions.groups.jsonl beside what training.mine wrote. Seeded.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.kit.sets import is_development
from benchmarks.manifest import normalised
from training.mine import DEPTH, workplace, write_rows
from training.questions import Benchmarks

NAME = "definitions"
READ = ("squad2", "nq", "qed", "hotpot", "scifact", "reddit")  # the sets whose passages are read
MOST = 900  # of each kind

_WORD = r"[A-Z][\w’'-]*"
_NAME = rf"{_WORD}(?:\s+(?:(?:of|and|the|for|in|on|to|de)\s+)*{_WORD})+"
_ABBREVIATED = re.compile(rf"\b({_NAME})\s+\(\s?([A-Z][A-Z.&-]{{1,7}})\s?\)")
_IS = re.compile(
    rf"(?:The |An? )?((?:{_WORD}|[A-Z]?[a-z]+)(?:\s+[\w’'-]+){{0,3}}?)(?:\s+\([^)]{{1,80}}\))?"
    r"\s+(is|are|was|were)\s+((?:an?|the|one of|any)\s[^.;]{10,})"
)
_APPOSITION = re.compile(
    rf"\b({_WORD}(?:\s+{_WORD}){{0,2}})(?:,\s|\s?[—–]\s?)(an?\s[^,.—–]{{15,90}})[,—–]"
)
_PERSON = re.compile(
    r"(?i)\b(?:singer|actor|actress|politician|player|writer|director|footballer|author|composer"
    r"|musician|producer|poet|engineer|scientist|researcher|businessman|journalist|president|king"
    r"|queen|general|rapper|comedian|model|lawyer|physician|philosopher|prince|daughter|son)\b"
)
_POINTS_ELSEWHERE = re.compile(
    r"(?i)it|this|that|there|these|those|he|she|they|we|i|you|what|which|who|here|one|some|many"
    r"|most|all|his|her|its|their|my|our|your|in|on|at|by|for|if|as|because|when|while|instead"
    r"|both|each"
)
_STANDS_FOR = (
    "What does {0} stand for?", "what does {0} stand for", "What is {0} short for?",
    "What does the abbreviation {0} mean?", "What is the full name of {0}?", "{0} stands for what?",
)  # fmt: skip
_WHAT = ("What {1} {0}?", "What {1} {0}?", "what {1} {0}", "What {1} meant by {0}?", "Define {0}")


@dataclass(frozen=True)
class Definition:
    """A sentence of a passage that says what `term` means, and the words that say it."""

    passage: int
    sentence: int
    term: str
    question: str
    answer: str
    text: str | None = None  # the sentence, where it was turned round


def main() -> None:
    """Read the mined passages, write the set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of public sets")
    tested = Benchmarks.of(parser.parse_args().data).questions
    random = Random(0)
    passages = [
        json.loads(line)
        for name in READ
        for line in (workplace() / f"{name}.passages.jsonl").read_text("utf-8").splitlines()
    ]
    found: dict[str, Definition] = {}
    for definition in definitions(passages, random):
        found.setdefault(definition.term, definition)  # a word that is defined twice is taken once
    kept = [d for d in found.values() if normalised(d.question) not in tested]
    random.shuffle(kept)
    texts = [" ".join(p["sentences"]) for p in passages]
    groups = [group_of(d, passages, texts, random) for d in kept]
    write_rows(workplace() / f"{NAME}.passages.jsonl", passages)
    write_rows(workplace() / f"{NAME}.groups.jsonl", groups)
    print(len(groups), "questions")


def definitions(passages: Sequence[dict[str, Any]], random: Random) -> Iterator[Definition]:
    """At most `MOST` of each kind, abbreviations first."""
    kinds: tuple[list[Definition], ...] = ([], [], [])
    for number, passage in enumerate(passages):
        for at, sentence in enumerate(passage["sentences"]):
            for kind, own in zip(kinds, (_short, _being, _apposed), strict=True):
                kind += [
                    replace(d, passage=number, sentence=at) for d in own(sentence, random)
                ]  # fmt: skip
    for kind in kinds:
        yield from random.sample(kind, min(MOST, len(kind)))


def _short(sentence: str, random: Random) -> Iterator[Definition]:
    """ "Long Name (LN)", two times of three turned round."""
    for match in _ABBREVIATED.finditer(sentence):
        letters = [c for c in match[2] if c.isalpha()]
        words = match[1].split()
        capital = [i for i, w in enumerate(words) if w[0].isupper()]
        first = capital[-len(letters)] if len(letters) <= len(capital) else 0
        name = " ".join(words[first:])
        if [w[0] for w in words[first:] if w[0].isupper()] != letters:
            continue
        before = sentence[: match.start()] + " ".join([*words[:first], ""])
        turned = random.choice(
            (None, f"{before}{match[2]} ({name})", f"{before}{match[2]} "
             f"{random.choice(('Act', 'Program', 'Group', 'Project', 'rules'))} ({name})")
        )  # fmt: skip
        text = None if turned is None else turned + sentence[match.end() :]
        question = random.choice(_STANDS_FOR).format(match[2])
        yield Definition(0, 0, match[2], question, name, text)


def _being(sentence: str, random: Random) -> Iterator[Definition]:
    match = _IS.match(sentence)
    if match is None or not _is_term(match[1]):
        return
    term, verb = match[1], match[2]
    if term[0].isupper() and " " not in term and not sentence.startswith(("The ", "A ", "An ")):
        term = term if random.random() < 0.5 else term[0].lower() + term[1:]
    yield Definition(0, 0, term, _asking(term, verb, match[3], random), _clause(match[3]))


def _apposed(sentence: str, random: Random) -> Iterator[Definition]:
    for match in _APPOSITION.finditer(sentence):
        if _is_term(match[1]):
            question = _asking(match[1], "is", match[2], random)
            yield Definition(0, 0, match[1], question, match[2].strip())


def _is_term(words: str) -> bool:
    return not _POINTS_ELSEWHERE.fullmatch(words.split()[0])


def _asking(term: str, verb: str, said: str, random: Random) -> str:
    if term[0].isupper() and _PERSON.search(_clause(said)):
        return f"Who {verb} {term}?"
    return random.choice(_WHAT).format(term, verb)


def _clause(said: str) -> str:
    return " ".join(re.split(r"[,;(—]", said)[0].split()[:14])


def group_of(
    definition: Definition, passages: list[dict[str, Any]], texts: list[str], random: Random
) -> dict[str, Any]:
    """The question as `training.mine` writes one.

    A sentence that was turned round gets a passage of its own, at the end of `passages`; `texts`
    are their words.
    """
    at = definition.passage
    if definition.text is not None:
        sentences = list(passages[at]["sentences"])
        sentences[definition.sentence] = definition.text
        passages.append({**passages[at], "sentences": sentences})
        texts.append(" ".join(sentences))
        at = len(passages) - 1
    word = re.compile(rf"\b{re.escape(definition.term)}\b")
    said = definition.answer.lower()
    negatives = [
        i for i, text in enumerate(texts) if word.search(text) and said not in text.lower()
    ][:DEPTH]
    others = [
        i for i in random.sample(range(len(passages)), 4) if i not in (at, definition.passage)
    ]
    return {
        "question": definition.question, "development": is_development(definition.question),
        "gold": [[at, definition.sentence, definition.answer]], "about": [],
        "negatives": [n for n in negatives if n != at] + others,
    }  # fmt: skip


if __name__ == "__main__":
    main()

"""Questions as people type them, over real documents: python -m benchmarks.field --data DATA

Asks the corpora of DATA/field and of benchmarks/asked, each question after those of its history,
and says how often the quotation that is shown first is right, the one that scores best, any of
them; how many lists are quoted whole; how often nothing is said where the documents answer, and
something where they do not; and how much is quoted. A quotation is right when an expected string
stands in it, letter by letter; a list is whole when a string of each of its members stands in one.

Of benchmarks/asked one half of the questions (by the hash of their names) is closed: it is asked
with --closed alone, and of it nothing but figures is printed.

    python -m benchmarks.field --data DATA --keep before.json      on the code before
    python -m benchmarks.field --data DATA --against before.json   on the code after, in pairs
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from benchmarks.kit.metrics import Figure, shares
from index import letters
from rag import Answer, Citation, Engine

ASKED = Path(__file__).with_name("asked")
TURNS = 12  # of a conversation of questions that each stand for themselves


@dataclass(frozen=True)
class FieldQuestion:
    """A question of a corpus: `wanted` is None where the documents do not answer.

    `members` has for each member of a list the strings that say it; `source` is the file that the
    answer must come from, "" for any; `full` is a follow-up as a person would say it in full.
    """

    name: str
    kind: str
    text: str
    wanted: tuple[str, ...] | None
    members: tuple[tuple[str, ...], ...] = ()
    source: str = ""
    history: tuple[str, ...] = ()
    full: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The question of a line of a questions.jsonl."""
        wanted = None if row["expected"] == "none" else tuple(row["expected"])
        members = tuple(tuple(group) for group in row.get("all", ()))
        history = tuple(row.get("history", ()))
        given = (row["id"], row["kind"], row["question"], wanted, members)
        return cls(*given, row.get("source", ""), history, row.get("full", ""))

    @property
    def is_closed(self) -> bool:
        """Whether it is of the half that nobody looks at."""
        return hashlib.sha256(self.name.encode()).digest()[0] % 2 == 1

    def is_right(self, citation: Citation) -> bool:
        """Whether a quotation holds what was expected."""
        if self.wanted is None or self.source not in ("", citation.document.source):
            return False
        said = letters(citation.quote)
        return self.wanted == ("any",) or any(letters(w) in said for w in self.wanted)

    def is_whole(self, citations: Iterable[Citation]) -> bool:
        """Whether each member of the list is quoted."""
        said = [letters(c.quote) for c in citations]
        return all(any(letters(w) in s for w in group for s in said) for group in self.members)


@dataclass(frozen=True)
class Result:
    """What became of a question. Of a follow-up `full` says whether it is right, asked in full.

    `nearest` says whether the best quotation is right or, where nothing is said, the closest one;
    `confidence` is the probability that it is.
    """

    kind: str
    answerable: bool
    answered: bool
    first: bool
    best: bool
    any: bool
    found: bool  # a passage that was read holds it
    quotations: int
    listed: bool
    whole: bool
    full: bool | None = None
    nearest: bool = False
    confidence: float = 0.0


def main() -> None:
    """Ask everything, print; keep it, or compare it with what was kept."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, help="also the corpora of this folder's field/")
    parser.add_argument("--only", nargs="*", default=(), help="these corpora alone")
    parser.add_argument("--closed", action="store_true", help="of benchmarks/asked the closed half")
    parser.add_argument("--verbose", action="store_true", help="print what went wrong")
    parser.add_argument("--keep", type=Path, metavar="FILE")
    parser.add_argument("--against", type=Path, metavar="FILE")
    given = parser.parse_args()
    results: dict[str, Result] = {}
    conversations: list[tuple[bool, bool]] = []
    for corpus, questions in corpora(given.data, given.only, closed=given.closed).items():
        engine = Engine.open(corpus / "docs")
        for question in questions:
            results[question.name] = asked(engine, question, given.verbose and not given.closed)
        conversations += in_conversation(engine, questions, results)
    print(*table(results, conversations), sep="\n")
    if given.keep:
        kept = {name: asdict(result) for name, result in results.items()}
        given.keep.write_text(json.dumps(kept, indent=1), "utf-8")
    if given.against:
        before = json.loads(given.against.read_text("utf-8"))
        print(*paired({n: Result(**r) for n, r in before.items()}, results), sep="\n")


def corpora(
    data: Path | None, only: Sequence[str] = (), *, closed: bool = False
) -> dict[Path, list[FieldQuestion]]:
    """The questions of each corpus."""
    found: dict[Path, list[FieldQuestion]] = {}
    folders = [*(data / "field").iterdir()] if data and not closed else []
    for corpus in (*sorted(folders), *sorted(ASKED.iterdir())):
        file = corpus / "questions.jsonl"
        if file.is_file() and (not only or corpus.name in only):
            rows = map(json.loads, file.read_text("utf-8").splitlines())
            questions = [FieldQuestion.of(row) for row in rows]
            if corpus.parent == ASKED:
                questions = [q for q in questions if q.is_closed == closed]
            found[corpus] = questions
    return found


def answered(engine: Engine, question: FieldQuestion) -> Answer:
    """The answer to a question that is asked after those of its history."""
    history: list[Answer] = []
    for earlier in question.history:
        history.append(engine.ask(earlier, history=history))
    return engine.ask(question.text, history=history)


def asked(engine: Engine, question: FieldQuestion, verbose: bool = False) -> Result:
    """What becomes of a question after those of its history."""
    answer = answered(engine, question)
    result = judged(question, answer)
    if question.full:
        result = replace(result, full=judged(question, engine.ask(question.full)).any)
    if verbose and not (result.first if result.answerable else not result.answered):
        looked = f" ({answer.asked_as})" if answer.asked_as else ""
        state = "any" if result.any else "found" if result.found else ""
        print(f"\n{question.name} {question.kind}: {question.text}{looked}  {state}")
        print(f"  wanted: {question.wanted}  confidence {answer.confidence:.2f}")
        for citation in answer.citations or answer.closest[:1]:
            mark = "+" if question.is_right(citation) else "-"
            print(f"  {mark} {citation.score:5.2f} {citation.place}: {citation.quote[:150]!r}")
    return result


def judged(question: FieldQuestion, answer: Answer) -> Result:
    """Whether the answer is what was expected."""
    right = [question.is_right(citation) for citation in answer.citations]
    wanted = question.wanted or ()
    held = [(h.passage.document.source, letters(h.passage.text)) for h in answer.hits]
    return Result(
        kind=question.kind,
        answerable=question.wanted is not None,
        answered=bool(answer.citations),
        first=right[:1] == [True],
        best=answer.best is not None and question.is_right(answer.best),
        any=any(right),
        found=any(
            question.source in ("", source) and (w == "any" or letters(w) in said)
            for source, said in held
            for w in wanted
        ),
        quotations=len(answer.citations),
        listed=bool(question.members),
        whole=bool(question.members) and question.is_whole(answer.citations),
        nearest=any(map(question.is_right, _nearest(answer))),
        confidence=answer.confidence,
    )


def _nearest(answer: Answer) -> Sequence[Citation]:
    return (answer.best,) if answer.best is not None else answer.closest[:1]


def in_conversation(
    engine: Engine, questions: Sequence[FieldQuestion], results: Mapping[str, Result]
) -> list[tuple[bool, bool]]:
    """Of questions that stand for themselves, asked after each other: completed, made worse."""
    alone = [q for q in questions if not q.history and q.kind != "followup"]
    found = []
    for first in range(0, len(alone), TURNS):
        history: list[Answer] = []
        for question in alone[first : first + TURNS]:
            answer = engine.ask(question.text, history=history)
            history.append(answer)
            before, now = results[question.name], judged(question, answer)
            alone_as = engine.ask(question.text).asked_as  # a misspelt word is mended alone, too
            found.append((answer.asked_as != alone_as, _good(now) < _good(before)))
    return found


def _good(result: Result) -> bool:
    return result.any if result.answerable else not result.answered


def table(
    results: Mapping[str, Result], conversations: Sequence[tuple[bool, bool]]
) -> Iterator[str]:
    """The figures as a Markdown table, then the kinds."""
    yield from ("| figure | value | 95% |", "|---|---|---|")
    for name, figure in figures(results).items():
        yield figure.line(f"{name} ({len(figure.rows)})")
    if conversations:
        completed, worse = (sum(c[i] for c in conversations) for i in (0, 1))
        count = len(conversations)
        yield f"| standing for themselves, in conversation: completed | {completed} of {count} | |"
        yield f"| of them made worse | {worse} of {count} | |"
    kinds = defaultdict(list)
    for result in results.values():
        kinds[result.kind].append(result)
    yield from (
        "",
        "| kind | questions | first | any | whole | answered | nearest right | confidence, mean |",
        "|---|---|---|---|---|---|---|---|",
    )
    for kind, own in sorted(kinds.items()):
        first, any_, answered = (
            sum(getattr(r, n) for r in own) for n in ("first", "any", "answered")
        )
        listed = sum(r.listed for r in own)
        whole = f"{sum(r.whole for r in own)} of {listed}" if listed else ""
        counts = f"| {kind} | {len(own)} | {first} | {any_} | {whole} | {answered} |"
        nearest = np.mean([r.nearest for r in own])
        yield f"{counts} {nearest:.2f} | {np.mean([r.confidence for r in own]):.2f} |"


def figures(results: Mapping[str, Result]) -> dict[str, Figure]:
    """The figures that can be made of these results."""
    answerable = [r for r in results.values() if r.answerable]
    unanswerable = [r for r in results.values() if not r.answerable]
    near = [r for r in unanswerable if r.kind == "nearmiss"]
    follow_ups = [r for r in answerable if r.full]
    marks = {
        "first shown right": [r.first for r in answerable],
        "best scored right": [r.best for r in answerable],
        "any right": [r.any for r in answerable],
        "a passage read holds it": [r.found for r in answerable],
        "abstained wrongly": [not r.answered for r in answerable],
        "lists whole": [r.whole for r in answerable if r.listed],
        "near misses answered": [r.answered for r in near],
        "answered wrongly, all that the documents do not answer": [
            r.answered for r in unanswerable
        ],
        "follow-ups right, of those right in full": [r.any for r in follow_ups],
    }
    made = {name: shares(own) for name, own in marks.items() if own}
    if quoted := [r.quotations for r in answerable if r.answered]:
        made["quotations an answer"] = Figure(np.array(quoted, np.float64))
    return made


def paired(before: Mapping[str, Result], after: Mapping[str, Result]) -> Iterator[str]:
    """The difference of each figure, the same questions in pairs, with its interval."""
    common = {n for n in before if n in after}
    yield from (
        "",
        f"{len(common)} questions in pairs",
        "| figure | difference | 95% |",
        "|---|---|---|",
    )
    for name in ("first", "best", "any", "answered"):
        for answerable in (True, False):
            pairs = [
                (getattr(before[n], name), getattr(after[n], name))
                for n in common
                if after[n].answerable == answerable
            ]
            if pairs and (answerable or name == "answered"):
                rows = np.array([float(b) - float(a) for a, b in pairs])
                which = "answerable" if answerable else "unanswerable"
                yield Figure(rows).line(f"{name}, {which}")


if __name__ == "__main__":
    main()

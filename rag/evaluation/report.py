"""How well Ibid answers questions whose answers are known, over any documents.

`judgement` says when an answer is right, `questions` what may be expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from index import Progress
from rag.answers import Answer
from rag.engine import Engine
from rag.evaluation.figures import Calibration, Share, calibration
from rag.evaluation.judgement import ExpectedQuote, Judgement, Outcome, judge, not_asked
from rag.evaluation.places import Locator
from rag.evaluation.questions import GoldenQuestion, read_questions

RIGHT = (Outcome.RIGHT_BEST, Outcome.RIGHT_OTHER)
ANSWERABLE = (*RIGHT, Outcome.WRONG, Outcome.ABSTAINED_WRONGLY)
UNANSWERABLE = (Outcome.ABSTAINED_RIGHTLY, Outcome.ANSWERED_WRONGLY)
CONDITIONAL = (Outcome.MET, Outcome.UNMET)
MISSES = (Outcome.WRONG, Outcome.ABSTAINED_WRONGLY, Outcome.ANSWERED_WRONGLY, Outcome.UNMET)


@dataclass(frozen=True, slots=True)
class Report:
    """The judgements of all questions, in the order of the file, and their sums.

    `documents` is the number of documents.
    """

    documents: int
    judgements: tuple[Judgement, ...]

    @property
    def shares(self) -> dict[str, Share]:
        """Each figure by name: of the answerable questions, the unanswerable, the rest, of all."""
        answerable, unanswerable = self.count(*ANSWERABLE), self.count(*UNANSWERABLE)
        conditional, met = self.count(*CONDITIONAL), self.count(Outcome.MET)
        right, silent = self.count(*RIGHT), self.count(Outcome.ABSTAINED_RIGHTLY)
        retrieved = sum(j.passage is not None for j in self.judgements)
        return {
            "right_best": Share(self.count(Outcome.RIGHT_BEST), answerable),
            "right_any": Share(right, answerable),
            "wrong": Share(self.count(Outcome.WRONG), answerable),
            "abstained_wrongly": Share(self.count(Outcome.ABSTAINED_WRONGLY), answerable),
            "retrieved": Share(retrieved, answerable),
            "abstained_rightly": Share(silent, unanswerable),
            "answered_wrongly": Share(self.count(Outcome.ANSWERED_WRONGLY), unanswerable),
            "met": Share(met, conditional),
            "unmet": Share(conditional - met, conditional),
            "right": Share(right + silent + met, answerable + unanswerable + conditional),
        }

    def count(self, *outcomes: Outcome) -> int:
        """How many questions came out so."""
        return sum(j.outcome in outcomes for j in self.judgements)

    @property
    def answers(self) -> list[Answer]:
        """What was answered; abstentions are left out."""
        return [j.answer for j in self.judgements if j.answer is not None and j.answer.citations]

    @property
    def median_quotations(self) -> float | None:
        """How many quotations an answer has; None when nothing was answered."""
        counts = [len(a.citations) for a in self.answers]
        return median(counts) if counts else None

    @property
    def median_characters(self) -> float | None:
        """How many characters an answer quotes; None when nothing was answered."""
        sizes = [sum(c.end - c.start for c in a.citations) for a in self.answers]
        return median(sizes) if sizes else None

    @property
    def calibration(self) -> Calibration | None:
        """How far confidence is from the share that is right; None of under 100 questions.

        Right is the best quotation, or the closest passage of an abstention. Questions of which
        only a condition is known cannot tell.
        """
        return calibration(
            [
                (j.answer.confidence, j.best_is_right)
                for j in self.judgements
                if j.answer is not None and j.outcome not in CONDITIONAL
            ]
        )

    @property
    def misses(self) -> list[Judgement]:
        """What went wrong."""
        return [j for j in self.judgements if j.outcome in MISSES]

    @property
    def faulty(self) -> list[Judgement]:
        """The questions with a quote that is not in the documents.

        Where another of its quotes is, the question is counted all the same.
        """
        return [j for j in self.judgements if any(e.fault for e in (*j.expected, *j.unexpected))]

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict, stable from version to version ("format": 1)."""
        measured = self.calibration
        return {
            "format": 1,
            "documents": self.documents,
            "questions": len(self.judgements),
            "not_counted": self.count(Outcome.NOT_COUNTED),
            "shares": {name: share.to_dict() for name, share in self.shares.items()},
            "median_quotations": self.median_quotations,
            "median_characters": self.median_characters,
            "calibration": measured._asdict() if measured else None,
            "results": [j.to_dict() for j in self.judgements],
        }


def evaluate(
    questions: str | Path | Sequence[GoldenQuestion],
    *,
    documents: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Ask `questions` (a file of JSON lines) of `documents`, and judge the answers.

    `documents` are the bundled articles (None), a file, folder or index; `progress` hears (stage,
    done, total). Raises QuestionError when the file cannot be used, and what `Engine.open` raises.
    """
    if isinstance(questions, str | Path):
        questions = read_questions(questions)
    return examine(Engine.open(documents, progress=progress), questions, progress=progress)


def examine(
    engine: Engine, questions: Sequence[GoldenQuestion], *, progress: Progress | None = None
) -> Report:
    """Ask an open engine, as `evaluate` does."""
    locator = Locator(engine.documents)
    sources = {d.source for d in engine.documents}
    judgements = []
    for done, question in enumerate(questions):
        if progress is not None:
            progress("asking the questions", done, len(questions))
        expected, unexpected = (
            [_locate(quote, question.source, locator, sources) for quote in quotes]
            for quotes in (question.expected, question.unexpected)
        )
        judged_by = [] if question.anything else expected or unexpected
        if judged_by and all(e.fault for e in judged_by):
            judgements.append(not_asked(question, expected, unexpected))
        else:
            answer = engine.ask(question.text)
            judgements.append(judge(question, expected, answer, unexpected))
    return Report(len(engine.documents), tuple(judgements))


def _locate(quote: str, source: str | None, locator: Locator, sources: set[str]) -> ExpectedQuote:
    if source is not None and source not in sources:
        return ExpectedQuote(quote, (), f"{source} is not among the documents")
    everywhere = locator.places(quote)
    places = tuple(p for p in everywhere if source in (None, p.document.source))
    if places:
        return ExpectedQuote(quote, places)
    if everywhere:
        return ExpectedQuote(quote, (), f"not in {source}, but at {everywhere[0]}")
    return ExpectedQuote(quote, (), "not in the documents")

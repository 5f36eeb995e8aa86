"""The public sets that say how a text stands to a question or a claim.

Thirty rows of each were read before anything was trained (MODEL_CARD.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from benchmarks.kit.sets import beir
from rag.questions import Casing
from training.public import points_elsewhere
from training.stances.altered import parsed
from training.stances.rows import (
    LONGEST,
    StanceRow,
    capital,
    read,
    says_nothing_of,
    sentences_of,
    window,
)

_WHETHER = re.compile(
    r"(?i)\s*(?:is|are|was|were|do|does|did|can|could|will|would|should|shall|must|may|might|has"
    r"|have|had|am)\b"
)
_OPENS = re.compile(r"(?i)\W*(yes|no|it depends|that depends|depends)\b\s*[,.:;!–-]+\s*")
_CONDITION = re.compile(
    r"(?i)\b(?:if|unless|provided|only when|only if|depend\w*|as long as|subject to|except)\b"
)
_NO_DIFFERENCE = re.compile(r"^(?:Is there a difference|Did .* differ between)")
_DOES_IT = re.compile(r"^(Does .*) (?:improve|increase|reduce|decrease|raise|lower) ")


def public_rows(data: Path) -> Iterator[StanceRow]:
    """The rows that people labelled, of all sets; raises OSError where the folder has not all."""
    yield from fever(data / "qa")
    yield from scifact(data / "scifact")
    yield from boolq(data / "qa")
    yield from guidance(data / "qa")
    yield from abstracts(data / "qa")
    yield from trials(data / "qa")
    yield from said_at_once(data)


def fever(folder: Path) -> Iterator[StanceRow]:
    """Claims with the sentences that support or refute them; neither: other claims' sentences."""
    texts = {r["doc"]: r["text"] for r in read(folder / "fever_claims.docs.jsonl.gz")}
    claims: dict[str, list[tuple[str, str, str]]] = {}
    for row in read(folder / "fever_claims.jsonl.gz"):
        parts = [texts[row["doc"]][a:b] for a, b in row["answers"]]
        if len(parts) <= 3 and sum(map(len, parts)) <= LONGEST:
            told = "same" if row["label"] == "SUPPORTS" else "against"
            claims.setdefault(row["group"], []).append((row["question"], " ".join(parts), told))
    titles = sorted(claims)
    for number, group in enumerate(titles):
        own = claims[group]
        every = list(dict.fromkeys(e for _, e, _ in own))
        title = re.sub(r"\s*\(.*", "", group.replace("_", " "))
        for claim, evidence, told in own:
            yield from _claim_rows(claim, evidence, told, "fever", group)
            for other in [e for e in every if says_nothing_of(claim, e, title)][:2]:
                yield from _claim_rows(claim, other, "neither", "fever", group)
        # another claim altogether
        far = claims[titles[(number + 7) % len(titles)]][0][1]
        yield from _claim_rows(own[0][0], far, "neither", "fever", group)


def _claim_rows(claim: str, text: str, told: str, name: str, group: str) -> Iterator[StanceRow]:
    """A claim beside a text, and the claim as a question."""
    yield StanceRow(claim, text, told, name, group)
    if one := parsed(claim, _plain()):
        stance = {"same": "yes", "against": "no", "neither": "silent"}[told]
        yield StanceRow(one.question, text, stance, name, group)


def scifact(folder: Path) -> Iterator[StanceRow]:
    """Claims of science with each rationale; neither: other sentences of the same abstract."""
    held_out = set().union(*beir(folder).relevant.values())
    abstracts = {}
    for line in (folder / "corpus.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        abstracts[row["_id"]] = row
    for line in (folder / "claims.jsonl").read_text("utf-8").splitlines():
        claim = json.loads(line)
        if claim["split"] != "train" or held_out & set(map(str, claim["cited_doc_ids"])):
            continue
        for cited in map(str, claim["cited_doc_ids"]):
            sentences = [s.strip() for s in abstracts[cited]["sentences"]]
            parts = claim["evidence"].get(cited, [])
            marked = {i for part in parts for i in part["sentences"]}
            for part in parts:
                text = " ".join(sentences[i] for i in part["sentences"])
                if len(text) <= LONGEST:
                    told = "same" if part["label"] == "SUPPORT" else "against"
                    yield from _claim_rows(claim["claim"], text, told, "scifact", cited)
            others = [s for i, s in enumerate(sentences) if i not in marked]
            for text in [s for s in others if says_nothing_of(claim["claim"], s, "")][:3]:
                yield from _claim_rows(claim["claim"], text, "neither", "scifact", cited)


def boolq(folder: Path) -> Iterator[StanceRow]:
    """Search questions with the paragraph that answers, cut around where it holds their words."""
    for row in read(folder / "boolq_eraser.jsonl.gz"):
        question, group = capital(row["question"]), row["group"]
        if row["answerable"]:
            parts = [row["passage"][a:b] for a, b in row["answers"]]
            told = "yes" if str(row["label"]) == "True" else "no"
            yield StanceRow(question, window(question, parts), told, "boolq", group)
        else:
            parts = sentences_of(row["passage"])
            yield StanceRow(question, window(question, parts, 2), "silent", "boolq", group)


def guidance(folder: Path) -> Iterator[StanceRow]:
    """Questions on what the state asks and gives, without the story that they are asked with.

    The story makes a yes of "if you are over 18": without it, that depends.
    """
    name = "conditionalqa_train_pseudo"
    texts = {r["doc"]: r["text"] for r in read(folder / f"{name}.docs.jsonl.gz")}
    for row in read(folder / f"{name}.jsonl.gz"):
        question = row.get("short_question") or row["question"]
        if not _WHETHER.match(question) or points_elsewhere(question) or len(question) > 200:
            continue
        text, answers = texts[row["doc"]], row.get("gold")
        parts = [text[a:b] for a, b in row["answers"]]
        if not row["answerable"]:
            lines = [part for part in text.split("\n") if part.strip()][:12]
            if lines:
                near = window(question, lines, 2)
                yield StanceRow(question, near, "silent", "guidance", row["group"])
            continue
        joined = " ".join(parts)
        said = {str(a[0]).casefold() for a in answers or ()}
        if not said <= {"yes", "no"} or not said or len(joined) > LONGEST:
            continue
        conditional = len(said) > 1 or any(a[1] for a in answers or ())
        if conditional or (len(joined) < 300 and _CONDITION.search(joined)):
            yield StanceRow(question, joined, "depends", "guidance", row["group"])
        elif len(parts) <= 2 and not _CONDITION.search(joined):
            yield StanceRow(question, joined, said.pop(), "guidance", row["group"])


def abstracts(folder: Path) -> Iterator[StanceRow]:
    """Research questions with the conclusion; silent: sentences of background and methods."""
    for row in read(folder / "pubmedqa.jsonl.gz"):
        question, group = capital(row["question"].split(": ")[-1]), row["group"]
        if not _WHETHER.match(question) or points_elsewhere(question):
            continue
        if row.get("label") in ("yes", "no"):
            parts = [row["passage"][a:b] for a, b in row["answers"]][:3]
            yield StanceRow(question, " ".join(parts)[:LONGEST], row["label"], "pubmedqa", group)
        elif not row["answerable"]:
            parts = sentences_of(row["passage"])[:6]
            yield StanceRow(question, window(question, parts, 1), "silent", "pubmedqa", group)


def trials(folder: Path) -> Iterator[StanceRow]:
    """Comparisons in trials: whether there was a difference, and whether something rose."""
    for row in read(folder / "evidence_inference.jsonl.gz"):
        question, group = row["question"], row["group"]
        if not _NO_DIFFERENCE.match(question) and not _DOES_IT.match(question):
            continue
        if not row["answerable"]:
            parts = sentences_of(row["passage"])[:8]
            yield StanceRow(question, window(question, parts, 1), "silent", "trials", group)
            continue
        text = min((row["passage"][a:b] for a, b in row["answers"]), key=len)
        told = row["label"] or ""
        if len(text) > LONGEST or "&" in question:
            continue
        none = told.startswith("no ")
        if _NO_DIFFERENCE.match(question):
            yield StanceRow(question, text, "no" if none else "yes", "trials", group)
            continue
        rises = told.startswith("significantly increase")
        for verb, is_yes in (("increase", rises), ("reduce", not rises and not none)):
            asked = _DOES_IT.sub(rf"\1 {verb} ", question)
            yield StanceRow(asked, text, "yes" if is_yes else "no", "trials", group)


def said_at_once(data: Path) -> Iterator[StanceRow]:
    """Answers of help pages that begin with "Yes", "No" or "It depends", and what follows it.

    Silent is the beginning of the answer before it.
    """
    before = ""
    for name, question, answer, group in help_pages(data):
        opened = _OPENS.match(answer)
        beside, before = before, capital(_OPENS.sub("", sentences_of(answer)[0], count=1))
        clear = _WHETHER.match(question) and not points_elsewhere(question)
        if clear and len(beside) > 15 and says_nothing_of(question, beside, ""):
            yield StanceRow(question, beside[:LONGEST], "silent", name, group)
        if not _WHETHER.match(question) or opened is None or points_elsewhere(question):
            continue
        parts = sentences_of(answer)[:3]
        first = parts[0]
        rest = [p for p in [capital(_OPENS.sub("", first, count=1)), *parts[1:]] if len(p) > 15]
        told = opened[1].casefold() if opened[1].casefold() in ("yes", "no") else "depends"
        if told == "yes" and _CONDITION.search(first):
            told = "depends"
        yield StanceRow(question, first[:LONGEST], told, name, group)
        for text in filter(None, (" ".join(rest[:1]), " ".join(rest[:2]))):
            yield StanceRow(question, text[:LONGEST], told, name, group)


def help_pages(data: Path) -> Iterator[tuple[str, str, str, str]]:
    """Set, question, answer and group of each question that is the heading of a help page."""
    texts = {r["doc"]: r for r in read(data / "faq/docs.jsonl.gz")}
    for row in read(data / "faq/questions.jsonl.gz"):
        start, end = row["direct_span"]
        whole = texts[row["doc"]]
        yield "faq", row["question"], whole["text"][start:end].strip(), whole["repo"]
    for name in ("feedbackqa", "msdocs_headings", "medquad"):
        for row in read(data / f"qa/{name}.jsonl.gz"):
            if row["answerable"]:
                start = row["answers"][0][0]
                yield name, row["question"], row["passage"][start : start + 900], row["group"]


@cache
def _plain() -> Casing:
    """Of claims, which stand in no document."""
    return Casing("")

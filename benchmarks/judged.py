"""The judged pairs and questions of tests/judged: python -m benchmarks.judged

Of each pair of sentences whether one is dropped as saying what the other says, and whether
`rag.differences` shows the two as different. Of each question of a table whether what is cut out of
the sentence, or said of it, is right. Of each contrastive question, asked of an index of all
their sentences, whether the words that are emphasised are the right ones.
"""

from __future__ import annotations

import argparse
from collections import Counter
from typing import Any

from benchmarks.kit.corpora import encoded
from index.encoder import open_encoder
from index.load import load_text
from rag.answers import Answer
from rag.differences import compare
from rag.engine import Engine
from rag.query import AskedQuestion
from rag.reader import open_reader
from rag.stance import stances
from rag.statements import states_the_same
from rag.table import ColumnKind, cut_out
from tests.judged import judged


def main() -> None:
    """Print the counts."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| pairs | merged | shown as different |\n|---|---|---|")
    for name in ("differing", "paraphrases", "two_things"):
        pairs = judged(name)
        merged = sum(states_the_same(p["one"], p["other"]) for p in pairs)
        shown = sum(compare(p["question"], p["one"], p["other"]) is not None for p in pairs)
        print(f"| {name} | {merged} of {len(pairs)} | {shown} of {len(pairs)} |")
    print("cut out, or said:", ", ".join(f"{n} {what}" for what, n in cuts().most_common()))
    cases = judged("contrastive")
    documents = [load_text(f"{c['sentence']}\n".encode(), f"{c['id']}.txt") for c in cases]
    contents, encoder = encoded(documents, open_encoder(None)[0])
    engine = Engine(contents.retriever(encoder), open_reader(), documents)
    found = Counter(outcome(case, engine.ask(case["question"])) for case in cases)
    print("emphasised:", ", ".join(f"{n} {what}" for what, n in found.most_common()))


def cuts() -> Counter[str]:
    """How often what a table cuts out of a sentence, or says of it, is right."""
    found: Counter[str] = Counter()
    for case in judged("cuts"):
        question, quote = AskedQuestion(case["question"]), case["quote"]
        if "says" in case:
            said = stances(question, [quote])[0].clear
            told, right = said.value if said else "", [case["says"]]
        else:
            span = cut_out(ColumnKind(case["kind"]), question, quote)
            told, right = quote[slice(*span)] if span else "", case["right"] or [""]
        silent = "rightly nothing" if told in right else "nothing"
        found[("right" if told in right else "wrong") if told else silent] += 1
    return found


def outcome(case: dict[str, Any], answer: Answer) -> str:
    """What the emphasised words of the sentence asked for are; "wrong" where they hold both."""
    words = [
        citation.document.cut(span)
        for citation in answer.citations
        if citation.document.source == f"{case['id']}.txt"
        for span in citation.emphasis
    ]
    if not words:
        return "nothing"
    held = " ".join(words)
    right = any(one in held or held in one for one in case["right"])
    return "wrong" if not right or any(one in held for one in case["wrong"]) else "right"


if __name__ == "__main__":
    main()

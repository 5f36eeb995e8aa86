"""Lists and counts: a quotation for each thing, how many there are, and whether that is all."""

from __future__ import annotations

import re

from index import ids_of
from rag.compose.composed import Composed, Material
from rag.compose.counted_rows import SHOWN, compose_rows
from rag.compose.fact import compose_fact
from rag.compose.headed import compose_headed
from rag.compose.mentions import compose_mentions
from rag.kinds import Counted, QuestionKind, Tally
from rag.query import AskedQuestion
from rag.reader import PASSAGES
from rag.types import Reading

MORE = 40  # passages that are read where things are gathered from prose
_COMMAND = re.compile(
    r"(?i)\A\W*(?:(?:please|can\s+you|could\s+you)\s+)*(?:list|enumerate|name|find|give|show|get|collect)\s+"
    r"(?:(?:me|us|out|up|all|every|each|the|any|of|a|list)\s+)*(?=\w)"
)


def compose_list(material: Material) -> Composed | None:
    """What a question lists or counts; None where there are not several, or a number is stated.

    The rows of a table that match, or the sentences that mention something: all of them. Else a
    list under a heading of that name, the list that answers, or the sentences that do.
    """
    composers = (compose_mentions, compose_rows, compose_headed, _told)
    return next(filter(None, (composer(material) for composer in composers)), None)


def _told(material: Material) -> Composed | None:
    """The best list of the text, or sentences from more passages than a fact is looked for in."""
    material = _as_question(material)
    fact = compose_fact(material)
    if not fact.citations or _states_number(material):
        return None
    if members := fact.citations[0].members:
        return fact._replace(tally=Tally(len(members), Counted.ITEMS))
    if material.readings[0].role == "row":
        return None
    readings = _read(material, material.asked, MORE)
    more = compose_fact(material._replace(readings=readings, most=SHOWN))
    more = more._replace(confidence=readings[0].probability)
    found = max(fact, more, key=lambda made: len(made.citations))  # a better one sets a higher bar
    if len(found.citations) < 2:
        return None
    return found._replace(tally=Tally(len(found.citations), Counted.QUOTATIONS))


def _as_question(material: Material) -> Material:
    """The material for "What are the …?" in place of "List all …", where that finds no less.

    The reader has learnt from questions.
    """
    command = _COMMAND.match(material.asked.text)
    if command is None or not material.readings:
        return material
    rest = material.asked.text[command.end() :].rstrip(" .!?")
    asked = AskedQuestion(f"What are the {rest}?")
    readings = _read(material, asked, PASSAGES)
    if not readings or readings[0].probability < material.readings[0].probability:
        return material
    return material._replace(asked=asked, readings=readings)


def _read(material: Material, asked: AskedQuestion, passages: int) -> list[Reading]:
    hits = material.retriever.search(asked, passages)
    own = frozenset(ids_of(material.documents))
    return material.whole.weigh(material.reader.read(asked, hits), own)


def _states_number(material: Material) -> bool:
    """Whether the number that is asked for stands in the best sentence."""
    best, expected = material.readings[0], material.asked.expectation
    if material.kind is not QuestionKind.COUNT or expected is None:
        return False
    return expected.met_by(best.hit.passage.document.cut(best.span))

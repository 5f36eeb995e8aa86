"""Lists and counts: a quotation for each thing, how many there are, and whether that is all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index import ids_of
from rag.compose.composed import Composed, Material
from rag.compose.counted_rows import SHOWN, compose_rows
from rag.compose.fact import compose_fact
from rag.compose.headed import compose_headed
from rag.compose.mentions import compose_unmentioned
from rag.kinds import Counted, QuestionKind, Tally
from rag.logistic import log_odds
from rag.query import AskedQuestion
from rag.reader import PASSAGES
from rag.readings import Reading

MORE = 40  # passages that are read where things are gathered from prose
# log odds, by which a sentence may be less likely than the best one: of 23 sentences in the six
# lists of prose that the open questions get no right one is further below
TAIL = 0.8
_COMMAND = re.compile(
    r"(?i)\A\W*(?:(?:please|can\s+you|could\s+you)\s+)*"
    r"(?:list|enumerate|name|find|give|show|get|collect)\s+"
    r"(?:(?:me|us|out|up|all|every|each|the|any|of|a|list)\s+)*(?=\w)"
)

_HOW_MANY = re.compile(r"(?i)\bhow\s+many\b|\bwie\s*viele[nr]?\b")


def compose_list(material: Material) -> Composed | None:
    """What a question lists or counts; None where there are not several, or a number is stated.

    The rows of a table that match: all of them. Else a list under a heading of that name, the list
    that answers, or the sentences that do. Nothing is quoted where the
    mentions of a word are asked for which no sentence holds.
    """
    composers = (compose_unmentioned, compose_rows, compose_headed, _told)
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
    readings = _without_tail(_read(material, material.asked, MORE))
    more = compose_fact(material._replace(readings=readings, most=SHOWN))
    more = more._replace(confidence=readings[0].probability)
    found = max(fact, more, key=lambda made: len(made.citations))  # a better one sets a higher bar
    if len(found.citations) < 2:
        return None
    return found._replace(tally=Tally(len(found.citations), Counted.QUOTATIONS))


def _without_tail(readings: Sequence[Reading]) -> list[Reading]:
    """The readings as far as they are nearly as likely as the best one, or more likely than not."""
    if not readings:
        return []
    least = min(log_odds(readings[0].probability) - TAIL, 0.0)
    return [r for r in readings if log_odds(r.probability) >= least]


def compose_counted_list(material: Material) -> Composed | None:
    """The list of the text that answers, where the number of what is in it is asked for.

    None where none does.
    """
    if not _HOW_MANY.search(material.asked.text):
        return None
    fact = compose_fact(_as_question(material))
    if not fact.citations or not (members := fact.citations[0].members):
        return None
    confidence = fact.choices[0].reading.probability
    tally = Tally(len(members), Counted.ITEMS)
    return fact._replace(citations=fact.citations[:1], tally=tally, confidence=confidence)


def _as_question(material: Material) -> Material:
    """The material for "What are the …?" in place of "List all …", where that finds no less.

    And for "Which …?" in place of "How many …?", which no number answers. The reader has learnt
    from questions, and that a number answers "how many".
    """
    text = material.asked.text
    if command := _COMMAND.match(text):
        asked = AskedQuestion(f"What are the {text[command.end() :].rstrip(' .!?')}?")
    elif _HOW_MANY.search(text):
        asked = AskedQuestion(_HOW_MANY.sub(_which, text, count=1))
    else:
        return material
    readings = _read(material, asked, PASSAGES)
    best = material.readings[0].probability if material.readings else 0.0
    if not readings or readings[0].probability < best:
        return material
    return material._replace(asked=asked, readings=readings)


def _which(how_many: re.Match[str]) -> str:
    word = "welche" if how_many[0].casefold().startswith("wie") else "which"
    return word.capitalize() if how_many[0][0].isupper() else word


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

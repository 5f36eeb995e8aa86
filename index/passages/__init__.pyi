from .chunking import split as split
from .table import Numbers as Numbers, PassageTable as PassageTable, ranges as ranges
from .texts import (
    labelled as labelled,
    passage_parts as passage_parts,
    passage_stems as passage_stems,
    passage_text as passage_text,
    sentence_stems as sentence_stems,
    sentence_text as sentence_text,
)

from .chunking import split as split
from .documents import (
    StoredDocuments as StoredDocuments,
    ids_of as ids_of,
    languages_of as languages_of,
)
from .table import Numbers as Numbers, PassageTable as PassageTable, ranges as ranges
from .texts import (
    SentenceStems as SentenceStems,
    labelled as labelled,
    name_stems as name_stems,
    passage_parts as passage_parts,
    passage_stems as passage_stems,
    passage_text as passage_text,
    sentence_stems as sentence_stems,
    sentence_texts as sentence_texts,
)

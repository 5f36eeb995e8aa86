from .kinds import (
    WEIGHTS as WEIGHTS,
    NameKind as NameKind,
    NameScores as NameScores,
    kind_of_name as kind_of_name,
    may_be_of as may_be_of,
)
from .named_document import (
    DocumentName as DocumentName,
    NamesAnnotator as NamesAnnotator,
    document_names as document_names,
    read_names as read_names,
)
from .proper import (
    LEAST_ODDS as LEAST_ODDS,
    PROPER_WEIGHTS as PROPER_WEIGHTS,
    how_written as how_written,
)
from .same import name_key as name_key, same_names as same_names
from .spans import NameMention as NameMention, name_mentions as name_mentions

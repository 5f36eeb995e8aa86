from .alphanumerics import (
    UNSHOWN as UNSHOWN,
    as_shown as as_shown,
    letters as letters,
    letters_before as letters_before,
    word_end as word_end,
)
from .analysis import (
    ANY_WORD as ANY_WORD,
    placed_words as placed_words,
    stems as stems,
    words as words,
)
from .cleaning import clean as clean, worded as worded
from .detect import (
    ENGLISH as ENGLISH,
    code_of as code_of,
    language_of as language_of,
    word_count as word_count,
)
from .folding import Folded as Folded, folded as folded
from .hyphens import is_compound as is_compound, is_twin as is_twin
from .query import Asked as Asked, Query as Query, QueryWords as QueryWords
from .stemmers import LanguageRules as LanguageRules, rules_of as rules_of

from .leaning import leans as leans
from .sameness import (
    LONGEST as LONGEST,
    DifferingPart as DifferingPart,
    differing_parts as differing_parts,
    states_the_same as states_the_same,
)
from .synonyms import (
    SYNONYMS as SYNONYMS,
    are_opposites as are_opposites,
    are_synonyms as are_synonyms,
    base as base,
    is_word as is_word,
    stem as stem,
)
from .values import (
    LISTS as LISTS,
    UNITS as UNITS,
    Interval as Interval,
    StatedValue as StatedValue,
    dates as dates,
    in_digits as in_digits,
    quantities as quantities,
)

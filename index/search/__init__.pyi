from .acronyms import spelled_out as spelled_out
from .cells import Cells as Cells, make_cells as make_cells
from .compounds import Compounds as Compounds, CompoundWords as CompoundWords
from .dense import Dense as Dense
from .echoes import asks_something as asks_something, holds as holds
from .hybrid import (
    CANDIDATES as CANDIDATES,
    DEPTH as DEPTH,
    Hybrid as Hybrid,
    reciprocal_rank_fusion as reciprocal_rank_fusion,
)
from .mentions import Mention as Mention, Missing as Missing, Where as Where
from .missing import find_missing as find_missing, where_of as where_of
from .nearest import Flat as Flat, cells_of as cells_of
from .postings import saturation as saturation
from .retriever import (
    Comparing as Comparing,
    Embedding as Embedding,
    Holding as Holding,
    Knowing as Knowing,
    Narrowable as Narrowable,
    Retriever as Retriever,
    Spelling as Spelling,
    Storing as Storing,
    Tabled as Tabled,
    WholeRetriever as WholeRetriever,
    WordKnowing as WordKnowing,
)
from .sparse import Sparse as Sparse
from .spelling import respelt as respelt
from .statistics import KnownStems as KnownStems, Statistics as Statistics
from .stored import StoredSentences as StoredSentences
from .surroundings import Surroundings as Surroundings, stems_of as stems_of
from .terms import StemLists as StemLists, Terms as Terms, mean_length as mean_length
from .unencoded import Unencoded as Unencoded

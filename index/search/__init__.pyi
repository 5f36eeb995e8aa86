from .cells import Cells as Cells, make_cells as make_cells
from .dense import Dense as Dense
from .echoes import asks_something as asks_something, holds as holds
from .hybrid import (
    CANDIDATES as CANDIDATES,
    DEPTH as DEPTH,
    Hybrid as Hybrid,
    reciprocal_rank_fusion as reciprocal_rank_fusion,
)
from .mentions import Mention as Mention, Missing as Missing, Where as Where
from .nearest import Flat as Flat, cells_of as cells_of
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
)
from .sparse import Sparse as Sparse
from .stored import StoredSentences as StoredSentences
from .terms import Terms as Terms
from .unencoded import Unencoded as Unencoded

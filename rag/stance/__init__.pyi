from .model import MODEL as MODEL, StanceModel as StanceModel
from .odds import (
    COEFFICIENTS as COEFFICIENTS,
    FOLDER as FOLDER,
    Relation as Relation,
    RelationOdds as RelationOdds,
    Stance as Stance,
    StanceOdds as StanceOdds,
)
from .telling import (
    agreed_stance as agreed_stance,
    asks_whether as asks_whether,
    relations as relations,
    stances as stances,
)

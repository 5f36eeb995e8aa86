from .candidates import (
    CandidateKind as CandidateKind,
    Standing as Standing,
    candidates_in as candidates_in,
    standing as standing,
)
from .cross_encoder import (
    END as END,
    EVIDENCE as EVIDENCE,
    MODEL as MODEL,
    RANK as RANK,
    START as START,
    TOKENIZER as TOKENIZER,
    CrossEncoder as CrossEncoder,
    Logits as Logits,
    PassageReading as PassageReading,
)
from .features import sentence_features as sentence_features
from .first import WEIGHTS as WEIGHTS, FirstReader as FirstReader
from .order import (
    asks_for_section as asks_for_section,
    is_reference as is_reference,
    section_named as section_named,
    without_section as without_section,
)
from .pairs import ROW_TOKENS as ROW_TOKENS, EncodedPair as EncodedPair, Pairs as Pairs
from .trained import (
    COEFFICIENTS as COEFFICIENTS,
    FOLDER as FOLDER,
    PASSAGES as PASSAGES,
    TrainedReader as TrainedReader,
    open_reader as open_reader,
    passages_in_order as passages_in_order,
    reader_features as reader_features,
)

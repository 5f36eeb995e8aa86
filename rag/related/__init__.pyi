from .labelling import (
    EACH as EACH,
    RelatedLabel as RelatedLabel,
    labelled as labelled,
    related as related,
)
from .nearby import NearSentence as NearSentence, near_sentences as near_sentences
from .quoted import cited_place as cited_place, sentences_of as sentences_of

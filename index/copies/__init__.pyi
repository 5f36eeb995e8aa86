from .copies import Copies as Copies
from .digests import (
    Digests as Digests,
    digest as digest,
    sentence_digests as sentence_digests,
)

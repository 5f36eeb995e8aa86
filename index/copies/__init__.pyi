from .copies import Copies as Copies
from .digests import Digests as Digests, sentence_digests as sentence_digests

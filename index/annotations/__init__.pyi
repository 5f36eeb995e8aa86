from .annotator import Annotator as Annotator
from .kept import FOLDER as FOLDER, KeptAnnotations as KeptAnnotations
from .making import (
    NOTHING_KEPT as NOTHING_KEPT,
    DocumentAnnotations as DocumentAnnotations,
    annotate as annotate,
    counts as counts,
    delete_half_written as delete_half_written,
    keep_only as keep_only,
)

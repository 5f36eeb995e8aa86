from .choosing import (
    LabelledChoices as LabelledChoices,
    overview as overview,
    pick as pick,
    topical_pool as topical_pool,
)
from .citing import CitedOverview as CitedOverview, cite as cite, cited_overview as cited_overview
from .composer import compose_overview as compose_overview
from .methods import (
    Method as Method,
    centroid as centroid,
    lead as lead,
    lexrank as lexrank,
    relevant as relevant,
    submodular as submodular,
    textrank as textrank,
)
from .pool import SentencePool as SentencePool, Told as Told, pool_of as pool_of
from .source_guide import guide as guide
from .wanted import OverviewRequest as OverviewRequest, request_of as request_of

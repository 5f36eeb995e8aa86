from .choosing import (
    CLOSE as CLOSE,
    NEAR as NEAR,
    LabelledChoices as LabelledChoices,
    choices_of as choices_of,
    near_topic as near_topic,
    overview as overview,
    pick as pick,
    relevance_of as relevance_of,
    topical_pool as topical_pool,
)
from .citing import CitedOverview as CitedOverview, cite as cite, cited_overview as cited_overview
from .composer import compose_overview as compose_overview
from .kept_guide import SourceGuide as SourceGuide, guide as guide, joined as joined
from .methods import (
    Method as Method,
    Scores as Scores,
    centrality as centrality,
    centroid as centroid,
    lead as lead,
    lexrank as lexrank,
    opened as opened,
    relevant as relevant,
    submodular as submodular,
    textrank as textrank,
)
from .pool import SentencePool as SentencePool, Told as Told, pool_of as pool_of
from .source_guide import (
    GuideQuote as GuideQuote,
    guide_quotes as guide_quotes,
    reasons as reasons,
)
from .spreading import spread as spread
from .wanted import (
    OverviewRequest as OverviewRequest,
    is_generic as is_generic,
    request_of as request_of,
)

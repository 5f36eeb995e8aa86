from .choosing import (
    LabelledChoices as LabelledChoices,
    overview as overview,
    pick as pick,
    topical_material as topical_material,
)
from .citing import cite as cite
from .material import Material as Material, Told as Told, material_of as material_of
from .methods import (
    Method as Method,
    centroid as centroid,
    lead as lead,
    lexrank as lexrank,
    submodular as submodular,
    textrank as textrank,
)
from .wanted import OverviewRequest as OverviewRequest, request_of as request_of

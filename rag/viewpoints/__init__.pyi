from .composer import (
    compose_debate as compose_debate,
    compose_viewpoints as compose_viewpoints,
)
from .proposition import Proposition as Proposition, proposition_of as proposition_of

from .ask_from import Candidate as Candidate, questions_from as questions_from
from .casing import Casing as Casing
from .suggest import Suggester as Suggester

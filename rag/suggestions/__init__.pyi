from .ask_from import CandidateQuestion as CandidateQuestion, questions_from as questions_from
from .casing import Casing as Casing
from .suggest import Suggester as Suggester

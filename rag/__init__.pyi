from .documents import Index as Index
from .engine import Engine as Engine, ask as ask
from .evaluation import Report as Report, evaluate as evaluate
from .proof import Status as Status, Verdict as Verdict, verify as verify
from .types import Answer as Answer, Citation as Citation

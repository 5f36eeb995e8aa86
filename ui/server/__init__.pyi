from .chat import Chat as Chat
from .web import serve as serve

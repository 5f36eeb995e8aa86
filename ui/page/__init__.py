"""The chat page's HTML, style and script. Pure functions; every word of others is escaped.

`gr.HTML` puts what these return into the page as `${value}`, so no template sees it again. A
click or a change on an element with `data-do` reaches `Chat.act`, with its other data."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)

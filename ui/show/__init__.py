"""An answer as text, Markdown, JSON and HTML."""

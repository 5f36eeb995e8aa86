"""Where two quoted sources differ."""

"""What may reach the page, how much of it, and how fast."""

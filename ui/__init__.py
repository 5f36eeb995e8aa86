"""What people see: the terminal, the chat page, and the texts both show."""

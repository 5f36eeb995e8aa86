"""`ibid eval`: how well a person's own questions are answered from their own documents."""

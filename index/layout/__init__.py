"""What each stretch of a document is: title, heading, byline, furniture, sentence."""

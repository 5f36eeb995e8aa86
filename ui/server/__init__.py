"""What a click does, what may reach the page, and what a tab keeps."""

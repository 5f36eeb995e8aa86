"""Tables in files of their own: workbooks and delimited text."""

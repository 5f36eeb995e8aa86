"""Word, PowerPoint and Excel: zip archives of XML parts that share one package format."""

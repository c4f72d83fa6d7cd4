"""A page's characters become words, lines, headings and paragraphs."""

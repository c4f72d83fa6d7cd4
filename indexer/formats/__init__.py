"""Sources other than PDF: text, Word, Excel."""

"""Pages filled from PDFium, and from pdfplumber where PDFium cannot open a file or a page."""

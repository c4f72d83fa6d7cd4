"""Pages that are pictures: read by tesseract where the machine has it."""

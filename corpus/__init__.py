"""What a paper is: its pages, tables, cells and the place of each, the errors, the settings."""

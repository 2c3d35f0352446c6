"""Dutch analysis: words, stems, compounds, spelling, abbreviations and the lexicon."""

"""The page: what the browser shows and how it asks; no retrieval and no prompts."""

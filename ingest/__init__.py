"""From documents on disk to an index: read, split, embed, store."""

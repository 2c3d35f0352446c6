"""Whether a sentence that somebody wrote is proven by the quotes that it cites."""

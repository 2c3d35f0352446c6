"""From a letter of advice to a draft reply: its points, what policy says of each, and the reply."""

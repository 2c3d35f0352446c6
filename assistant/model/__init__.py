"""A language model of the user's own: reached, asked, and never believed without a check."""

"""One way of answering for each kind of question; each drafts lines with their quotes."""

"""The errors of the assistant; each message is meant for the user and says what to do."""

from __future__ import annotations


class AssistantError(Exception):
    """A question could not be handled."""


class QuestionError(AssistantError):
    """The question is empty, too long, or no text."""


class PhrasesError(AssistantError):
    """A file in prompts/ lacks a sentence, or its variables are not the declared ones."""


class CitationError(AssistantError):
    """A quote does not stand in its document at its offsets; it must not be shown."""


class ModelError(AssistantError):
    """The language model cannot be reached, or gave nothing that can be used."""


class ModelCancelledError(ModelError):
    """The user no longer waits for the language model."""


class LetterError(AssistantError):
    """A letter holds no text, or a file with saved work is not one."""


class SavedError(AssistantError):
    """A file is no answer that was saved."""

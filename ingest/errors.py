"""The errors of ingestion: one small family, each message says what, which file, and what to do."""

from __future__ import annotations


class IngestError(Exception):
    """Something about a document, the settings or the index; the message is meant for the user."""


class ReadingError(IngestError):
    """A document could not be read: empty, encrypted, damaged, or not what its name says."""


class GivenUpError(ReadingError):
    """Reading a document cost more than it may, or went wrong; a next time it may go well."""


class CatalogError(IngestError):
    """The catalog is not valid TOML or holds an unknown field."""


class SettingsError(IngestError):
    """A setting is unknown or has a value that cannot be used."""


class EmbeddingError(IngestError):
    """The embedding model could not be loaded."""


class IndexingError(IngestError):
    """The index is missing, damaged, made with other settings, or could not be written."""


class IndexLockedError(IndexingError):
    """Another process is writing to the index."""

"""The command that trains the project's own small Dutch embedding model."""

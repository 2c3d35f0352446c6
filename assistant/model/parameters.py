"""What a server wants to be sent beside the messages: found out from what it refuses.

OpenAI's own models that think take ``max_completion_tokens`` and no temperature, older servers
only ``max_tokens``, and the templates of some models know no rules apart from the question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import openai

from assistant.model.prompts import LETTERS, Message

LIMITS = ("max_tokens", "max_completion_tokens", "")
"""Names for the most tokens of an answer, in the order in which they are tried; "" sends none."""
THOUGHT_TOKENS = 4_000
"""Tokens that a model may think before it answers, as far as it has room for them."""
REFUSING = {400, 422}
_TOO_LONG = re.compile(r"context.{0,20}length|context.?window|too (?:large|long|many)|exceed", re.I)
_NO_SYSTEM = re.compile(
    r"\bsystem\b.{0,60}\b(?:role|message|prompt)|\brole\b.{0,60}\bsystem\b", re.I
)


class OnlyThoughtError(Exception):
    """The tokens were used up before the model said a word."""


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a server is sent beside the messages.

    Attributes:
        limit: The name by which it knows the most tokens of an answer; "" when it takes none.
        temperature: Whether it takes a temperature; ours is 0, for the same answer each time.
        system: Whether it takes rules as a message of their own.
        thinks: Whether its model thinks first, and needs tokens for that too.
    """

    limit: str = LIMITS[0]
    temperature: bool = True
    system: bool = True
    thinks: bool = False

    def after(self, error: BaseException | None) -> Parameters | None:
        """What to try after an error.

        Args:
            error: What the server's library raised.

        Returns:
            None when the error is about nothing that can be sent otherwise.
        """
        if isinstance(error, OnlyThoughtError):
            return None if self.thinks else replace(self, thinks=True)
        if not isinstance(error, openai.APIStatusError) or error.status_code not in REFUSING:
            return None
        reason = f"{error.message} {error.body}"
        if _TOO_LONG.search(reason):
            return None  # it names the limit as well, but the question is what does not fit
        if self.limit and self.limit in reason:
            return replace(self, limit=LIMITS[LIMITS.index(self.limit) + 1])
        if self.temperature and "temperature" in reason:
            return replace(self, temperature=False)
        if self.system and _NO_SYSTEM.search(reason):
            return replace(self, system=False)
        return None

    def tokens(self, messages: Sequence[Message], tokens: int, context: int) -> int:
        """Most tokens of an answer, with those that the model thinks in.

        Args:
            messages: What is asked.
            tokens: Most that it may say.
            context: Most that it takes, question and answer together.
        """
        if not self.thinks:
            return tokens
        asked = sum(len(message.text) for message in messages) / LETTERS
        return tokens + max(0, min(THOUGHT_TOKENS, int(context - asked) - tokens))

    def messages(self, messages: tuple[Message, ...]) -> tuple[Message, ...]:
        """The messages as the server takes them."""
        first, *rest = messages
        if self.system or first.role != "system" or not rest:
            return messages
        return (Message(rest[0].role, f"{first.text}\n\n{rest[0].text}"), *rest[1:])

    def sent(self, tokens: int) -> dict[str, Any]:
        """The fields for LlamaIndex's ``additional_kwargs``."""
        fields: dict[str, Any] = {self.limit: tokens} if self.limit else {}
        # The library always adds a temperature; its client leaves out what is set to this.
        return fields if self.temperature else fields | {"temperature": openai.omit}

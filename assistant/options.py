"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Corpus = Annotated[
    Path | None, typer.Option("--corpus", metavar="MAP", help="Map met de documenten.")
]
IndexFolder = Annotated[
    Path | None, typer.Option("--index", metavar="MAP", help="Map met de index.")
]

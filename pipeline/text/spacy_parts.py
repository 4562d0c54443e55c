"""What is used of spaCy, imported without its command line, which is a third of what importing spaCy costs.

spaCy imports all of its commands for one function that it offers at its top, `spacy.info`; nothing here needs that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

_COMMANDS = ("spacy.cli", "spacy.cli.info")


def _info(*arguments: Any, **named: Any) -> Any:
    """Do what `spacy.info` does, with the commands imported when it is asked for."""
    from spacy.cli.info import info

    return info(*arguments, **named)


@contextmanager
def _without_commands() -> Iterator[None]:
    """Have spaCy imported inside, if it is not yet, without its commands; afterwards they can be imported as ever."""
    if "spacy" in sys.modules:
        yield
        return
    for name in _COMMANDS:
        sys.modules[name] = ModuleType(name)
    vars(sys.modules["spacy.cli.info"])["info"] = _info
    try:
        yield
    finally:
        for name in _COMMANDS:
            del sys.modules[name]


with _without_commands():
    from spacy.attrs import IDS, NORM
    from spacy.lang.lex_attrs import LEX_ATTRS
    from spacy.matcher import Matcher, PhraseMatcher
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["IDS", "LEX_ATTRS", "NORM", "Doc", "Matcher", "PhraseMatcher", "Vocab"]

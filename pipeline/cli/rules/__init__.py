"""`baocao rules …`: the commands for whoever writes rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from pipeline.cli.messages import Words


_COMMANDS = {
    "new": "pipeline.cli.rules.new:new_command",
    "check": "pipeline.cli.rules.check:check_command",
    "try": "pipeline.cli.rules.trial:try_command",
    "list": "pipeline.cli.rules.listing:list_command",
    "show": "pipeline.cli.rules.show:show_command",
    "docs": "pipeline.cli.rules.docs:docs_command",
    "diff": "pipeline.cli.rules.diff:diff_command",
    "stats": "pipeline.cli.rules.stats:stats_command",
    "learn": "pipeline.cli.rules.learn:learn_command",
}


def rules_commands(words: Words) -> click.Group:
    """Return the group `rules` with all its commands, described in the language of `words`."""
    # Imported here, since the words of these commands, in this package, are part of all words, which they need.
    from pipeline.cli.localised import Commands
    from pipeline.cli.options import lang_option

    return Commands(words, "rules", [lang_option(words)], _COMMANDS, key="rules")

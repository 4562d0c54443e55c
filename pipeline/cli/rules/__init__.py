"""`baocao rules …`: the commands for whoever writes rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click

    from pipeline.cli.messages import Words


def rules_commands(words: Words) -> click.Group:
    """Return the group `rules` with all its commands, described in the language of `words`."""
    # Imported here, since the words of these commands, in this package, are part of all words, which they need.
    from pipeline.cli.localised import Commands
    from pipeline.cli.options import lang_option
    from pipeline.cli.rules.check import check_command
    from pipeline.cli.rules.diff import diff_command
    from pipeline.cli.rules.docs import docs_command
    from pipeline.cli.rules.learn import learn_command
    from pipeline.cli.rules.listing import list_command
    from pipeline.cli.rules.new import new_command
    from pipeline.cli.rules.show import show_command
    from pipeline.cli.rules.stats import stats_command
    from pipeline.cli.rules.trial import try_command

    group = Commands(words, "rules", [lang_option(words)], key="rules")
    for make in (
        new_command,
        check_command,
        try_command,
        list_command,
        show_command,
        docs_command,
        diff_command,
        stats_command,
        learn_command,
    ):
        group.add_command(make(words))
    return group

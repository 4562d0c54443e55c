"""Click's commands in the user's language: its headings, placeholders and complaints are English."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

from pipeline.cli.messages import Words


class Wrong(click.UsageError):
    """A call that can't be carried out, said in the user's language already."""


class Command(click.Command):
    """A command whose help speaks `words`: its texts are `<key>.help` and `<key>.short`, and `key` is its name."""

    def __init__(self, words: Words, name: str, params: list[click.Parameter], key: str = "") -> None:
        super().__init__(
            name,
            params=params,
            help=words(f"{key or name}.help"),
            short_help=words(f"{key or name}.short"),
            options_metavar=words("metavar.options"),
            context_settings={"allow_extra_args": True},
        )
        self.words = words

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`, and ask for quotes where a path with spaces came as several."""
        rest = super().parse_args(ctx, args)
        if ctx.args:
            raise Wrong(self.words("usage.extra", extra=" ".join(ctx.args)), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return Click's `--help`, described in the user's language."""
        return _help_option(super().get_help_option(ctx), self.words)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter, self.words)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option is for."""
        _write_options(self, ctx, formatter, self.words)


class Commands(click.Group):
    """A group of commands: all of them, or those under a `key` of their own; called alone it shows its help.

    `makers` are the functions that make its commands, by name, in order: each is told as `module:function` and
    imported when its command is asked for.
    """

    def __init__(
        self, words: Words, name: str, params: list[click.Parameter], makers: Mapping[str, str], key: str = ""
    ) -> None:
        super().__init__(
            name,
            params=params,
            help=words(f"{key}.help" if key else "help"),
            short_help=words(f"{key}.short") if key else None,
            no_args_is_help=False,
            options_metavar=words("metavar.options"),
            subcommand_metavar=words("metavar.command"),
            context_settings={"help_option_names": ["-h", "--help"]},
        )
        self.words, self._makers = words, makers

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return list(self._makers)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, made when it is first asked for."""
        if cmd_name not in self._makers:
            return None
        if cmd_name not in self.commands:
            module, _, function = self._makers[cmd_name].partition(":")
            self.add_command(getattr(import_module(module), function)(self.words), cmd_name)
        return self.commands[cmd_name]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`; without any, show the help and say by the exit status that nothing was done."""
        if not args and not ctx.resilient_parsing:  # a shell that completes a word has no use for it
            click.echo(ctx.get_help())
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with."""
        if not args[0].startswith("-") and args[0] not in self._makers:
            raise Wrong(self.words("usage.no_command", name=args[0]), ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return Click's `--help`, described in the user's language."""
        return _help_option(super().get_help_option(ctx), self.words)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter, self.words)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option is for, and then each command."""
        _write_options(self, ctx, formatter, self.words)
        with formatter.section(self.words("help.commands")):
            made = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
            formatter.write_dl([(name, (command and command.short_help) or "") for name, command in made])


def usage_error(error: click.UsageError, words: Words) -> str:
    """Return what is wrong with a call and where to look, in `words`."""
    said = _said(error, words)
    return f"{said}\n{words('usage.see', command=error.ctx.command_path)}" if error.ctx else said


def _said(error: click.UsageError, words: Words) -> str:
    match error:
        case Wrong():
            return error.message
        case click.NoSuchOption():
            return words("usage.no_option", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return words("usage.missing", name=_name(param))
        case click.BadParameter(param=click.Parameter() as param):
            return words("usage.bad", name=_name(param))
    return words("usage.other", reason=error.format_message())


def _name(param: click.Parameter) -> str:
    """Return a parameter as a caller knows it: `--out`, or an argument by its placeholder."""
    return param.opts[-1] if isinstance(param, click.Option) else (param.metavar or param.name or "")


def _help_option(option: click.Option | None, words: Words) -> click.Option | None:
    if option is not None:
        option.help = words("help.option")
    return option


def _write_usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, words: Words) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=words("help.usage"))


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter, words: Words) -> None:
    options = [param for param in command.get_params(ctx) if isinstance(param, click.Option)]
    records = [option.get_help_record(ctx) for option in options]
    with formatter.section(words("help.options")):
        formatter.write_dl(
            [(name, text.replace("[required]", words("help.required"))) for name, text in filter(None, records)]
        )

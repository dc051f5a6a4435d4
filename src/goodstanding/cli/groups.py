"""How commands are grouped and their help is printed: as plain text, so that nobody waits for a drawing library."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup


class CommandGroup(TyperGroup):
    """A group of commands whose help says each command's whole sentence, where typer alone would cut it short."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The command and its arguments; where there are none, the help is the answer, and the use was wrong."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            typer.echo(ctx.get_help())
            ctx.exit(2)
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands with what they do."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, _first_sentence(command)) for name, command in commands if command and not command.hidden]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _first_sentence(command: Any) -> str:
    return str(command.get_short_help_str(limit=1_000))


def build_group(sentence: str, cls: type[TyperGroup] = CommandGroup, **options: Any) -> typer.Typer:
    """A group of commands that prints its help where no command is named."""
    return typer.Typer(help=sentence, cls=cls, no_args_is_help=True, rich_markup_mode=None, **options)

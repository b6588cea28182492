"""Completion in shells: the command that prints the script, and what fits in the place of each argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import rich_click as click
from click.shell_completion import CompletionItem, get_completion_class

from pipeline.cli.console import OneOf
from pipeline.errors import PipelineError

SHELLS = ("bash", "zsh", "fish")

Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _content(ctx: click.Context) -> Path:
    return Path(ctx.find_root().params.get("content") or "content")


def _completer(known: Callable[[Path], Iterable[tuple[str, str]]]) -> Complete:
    """Completes names with what they are; a content tree with mistakes, or none, offers nothing."""

    def complete(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        try:
            return [
                CompletionItem(name, help=what) for name, what in known(_content(ctx)) if name.startswith(incomplete)
            ]
        except (PipelineError, OSError):
            return []

    return complete


def _profiles(content: Path) -> Iterable[tuple[str, str]]:
    from pipeline.profiles import load_profiles

    return [(name, profile.title("en")) for name, profile in load_profiles(_if_there(content)).items()]


def _written(content: Path) -> Iterable[tuple[str, str]]:
    """Article types that an article may have."""
    return [(name, title) for name, title in _profiles(content) if name != "newsletter"]


def _kinds(content: Path) -> Iterable[tuple[str, str]]:
    from pipeline.disclaimers import load_disclaimers, wording

    return [(name, wording(kind, "en-GB").title) for name, kind in load_disclaimers(_if_there(content)).items()]


def _codes(_content: Path) -> Iterable[tuple[str, str]]:
    from pipeline.checks.registry import checks

    return [(check.code, check.name) for check in checks().values()]


def _codes_and_names(_content: Path) -> Iterable[tuple[str, str]]:
    from pipeline.checks.registry import checks

    return [(given, check.summary) for check in checks().values() for given in (check.code, check.name)]


def _slugs(content: Path) -> Iterable[tuple[str, str]]:
    from pipeline.source import discover

    return [(file.slug, file.name) for file in discover(content)]


def _issues(content: Path) -> Iterable[tuple[str, str]]:
    return [(path.stem, str(path)) for path in sorted((content / "newsletters").glob("*.md"))]


def _if_there(content: Path) -> Path | None:
    return content if content.is_dir() else None


profile_names = _completer(_profiles)
written_profile_names = _completer(_written)
kind_names = _completer(_kinds)
codes_and_names = _completer(_codes_and_names)
slugs = _completer(_slugs)
issues = _completer(_issues)


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The codes that may follow in a list such as ``D01,S``."""
    given, comma, last = incomplete.rpartition(",")
    return [CompletionItem(given + comma + item.value, help=item.help) for item in _completer(_codes)(ctx, param, last)]


def words_or_paths(words: Iterable[str]) -> Complete:
    """Completes a first word that may be one of ``words``, and paths."""
    known = tuple(words)

    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        first = not ctx.params.get(param.name or "")
        fits = [CompletionItem(word) for word in known if first and word.startswith(incomplete)]
        return fits or [CompletionItem(incomplete, type="file")]

    return complete


@click.command()
@click.argument("shell", type=OneOf(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands, options, article types, slugs and codes.

    \b
    Examples:
      eval "$(pipeline completion bash)"              now; put it into ~/.bashrc to keep it
      eval "$(pipeline completion zsh)"               the same for ~/.zshrc, after compinit
      pipeline completion fish > ~/.config/fish/completions/pipeline.fish
    """  # noqa: D301 -- click reads \b itself
    maker = get_completion_class(shell)
    assert maker is not None
    click.echo(maker(ctx.find_root().command, {}, "pipeline", "_PIPELINE_COMPLETE").source())

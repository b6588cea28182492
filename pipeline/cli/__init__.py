"""The command line: thin commands that call the library and turn failures into exit codes."""

from __future__ import annotations

import gc
import os
import signal
import sys
from types import FrameType

import rich_click as click

from pipeline import __version__
from pipeline.cli.build import build
from pipeline.cli.catalogue import disclaimers, explain, profiles, rules
from pipeline.cli.check import check
from pipeline.cli.completion import completion
from pipeline.cli.console import Settings, error, quiet_pipes
from pipeline.cli.editions import release, trace, withdraw
from pipeline.cli.importing import import_command
from pipeline.cli.inspect import model, schema
from pipeline.cli.lsp import lsp
from pipeline.cli.manual import man
from pipeline.cli.preview import preview
from pipeline.cli.send import send
from pipeline.cli.start import init, new
from pipeline.cli.verify import verify
from pipeline.errors import PipelineError

INTERRUPTED = 130
TERMINATED = 143


class InternalError(PipelineError):
    """A mistake of the pipeline itself."""

    def __init__(self, message: str) -> None:
        super().__init__(
            f"the pipeline itself has failed: {message}",
            help="Please report it, with what PIPELINE_DEBUG=1 in the environment makes it print.",
        )


class SystemRefusedError(PipelineError):
    """What the operating system refused outside of ``build/``: a report that cannot be written, too many open files."""

    def __init__(self, problem: OSError) -> None:
        place = f"{problem.filename}: " if problem.filename else ""
        super().__init__(
            f"{place}{problem.strerror or problem}",
            help="Make room or give permission for what the command reads and writes, its report too; then run it again.",
        )


class Commands(click.RichGroup):
    """A group that answers a mistyped command with the nearest one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; raises UsageError that names the nearest when there is none."""
        from difflib import get_close_matches

        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None and not name.startswith("-"):
            near = get_close_matches(name, self.list_commands(ctx), 1)
            hint = f" Did you mean '{near[0]}'?" if near else f" There are: {', '.join(self.list_commands(ctx))}."
            raise click.UsageError(f"No such command '{name}'.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--content", metavar="DIR", default="content", show_default=True, help="The content tree.")
@click.version_option(__version__, prog_name="pipeline")
@click.pass_context
def cli(ctx: click.Context, content: str) -> None:
    """Check health and fitness articles, and export them as PDF, EPUB and HTML.

    Nothing leaves build/ unless the finished file was re-opened and its safety text was found in it, readable, and before
    the first instruction it protects.

    \b
    Examples:
      pipeline check                      every article below ./content
      pipeline build pdf                  checked and proven PDFs in build/pdf/
      pipeline build all --out /tmp/site  all formats, somewhere else
      pipeline verify                     prove the files below build/ again
      pipeline explain D03                what a finding means and how to mend it
      pipeline preview                    the editor's desk in a browser
    """  # noqa: D301 -- click reads \b itself
    ctx.obj = Settings(content)


for command in (
    init,
    new,
    import_command,
    check,
    build,
    verify,
    preview,
    send,
    release,
    trace,
    withdraw,
    model,
    schema,
    rules,
    explain,
    profiles,
    disclaimers,
    lsp,
    completion,
    man,
):
    cli.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    signal.signal(signal.SIGTERM, _terminated)
    # A tenth of a short run is spent on looking for garbage among what was just imported and read.
    gc.set_threshold(50_000)
    quiet_pipes()
    try:
        code = cli.main(arguments, prog_name="pipeline", standalone_mode=False)
    except click.ClickException as problem:
        problem.show()
        code = 2
    except PipelineError as problem:
        error(problem)
        code = problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nInterrupted; every file that is there is whole.", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        code = 0
    except OSError as problem:
        if os.environ.get("PIPELINE_DEBUG"):
            raise
        error(SystemRefusedError(problem))
        code = SystemRefusedError.exit_code
    except Exception as problem:
        if os.environ.get("PIPELINE_DEBUG"):
            raise
        error(InternalError(f"{type(problem).__name__}: {problem}"))
        code = InternalError.exit_code
    _flush()
    _keep_patterns()
    gc.freeze()  # what is still there goes with the process; looking through it first takes as long as some checks
    sys.exit(code or 0)


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(TERMINATED)


def _keep_patterns() -> None:
    """Keep what was read of patterns for the next run, where this one has read any."""
    ready = sys.modules.get("pipeline.language.ready")
    if ready is not None:
        ready.keep_patterns()


def _flush() -> None:
    """Flush now, so that a reader who left the pipe causes no traceback when Python ends."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

"""``pipeline lsp``: the language server for editors."""

from __future__ import annotations

from importlib.util import find_spec

import rich_click as click

from pipeline.errors import UsageError


@click.command()
def lsp() -> None:
    """Serve an editor: findings as you type, quick fixes, completion, and explanations under the pointer.

    It speaks the Language Server Protocol over standard input and output; an editor starts it by itself. The content tree is
    that in which the open file lies. The handbook says how to set up VS Code, Neovim, Helix, Emacs and others.

    \b
    Examples:
      pipeline lsp
    """  # noqa: D301 -- click reads \b itself
    if find_spec("pygls") is None:
        raise UsageError("the language server needs pygls", help="Install it: pip install 'fitness-press[lsp]'")
    from pipeline.lsp.server import serve

    serve()

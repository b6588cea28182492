"""``pipeline verify``: prove the files below ``build/`` again."""

from __future__ import annotations

from pathlib import Path

import rich_click as click

from pipeline.cli.console import Settings


@click.command()
@click.argument("out", metavar="[build]", default="build", type=click.Path(path_type=Path))
@click.pass_obj
def verify(settings: Settings, out: Path) -> None:
    """Prove the files below build/ again, from the files alone.

    Every file that the manifest lists is hashed and re-opened, and its safety text looked for: present, readable, and
    before the first instruction. Files of one edition must say the same; where they do not, the line of the article is told,
    as far as it is below the content folder. Exits 4 when a file differs, is missing, fails its proof, or is not listed.

    \b
    Examples:
      pipeline verify
      pipeline verify /srv/www/handouts
    """  # noqa: D301 -- click reads \b itself
    from pipeline.disclaimers import load_disclaimers
    from pipeline.origins import origins
    from pipeline.report.summary import plural
    from pipeline.verify import problems_as_error
    from pipeline.verify import verify as prove_all

    content = settings.content_path
    result = prove_all(out, load_disclaimers(content if content.is_dir() else None), origins(content))
    if result.problems:
        raise problems_as_error(result.problems)
    click.echo(
        f"{plural(result.checked, 'file')} proven in {out}: {plural(result.proven, 'disclaimer')} found in them."
    )

"""``python -m tests.supply licences`` lists licences; ``python -m tests.supply bill`` prints the bill of materials.

``python -m tests.supply audit`` reads what pip-audit answers, as JSON, and fails unless all is known and well.
"""

from __future__ import annotations

import sys

import click

from tests.supply.audit import verdict
from tests.supply.bill import SECTIONS, bill_of_materials
from tests.supply.packages import locked_packages

if sys.argv[1:] == ["bill"]:
    click.echo(bill_of_materials(), nl=False)
elif sys.argv[1:] == ["licences"]:
    for package in locked_packages():
        if package.section in SECTIONS:
            click.echo(f"{package.name:34} {package.version:18} {package.licence or 'not installed here'}")
elif sys.argv[1:] == ["audit"]:
    found = verdict(sys.stdin.read())
    click.echo("\n".join(found.lines))
    sys.exit(0 if found.good else 1)
else:
    sys.exit(__doc__)

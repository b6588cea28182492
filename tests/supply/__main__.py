"""``python -m tests.supply licences`` lists licences; ``python -m tests.supply bill`` prints the bill of materials."""

from __future__ import annotations

import sys

import click

from tests.supply.bill import SECTIONS, bill_of_materials
from tests.supply.packages import locked_packages

if sys.argv[1:] == ["bill"]:
    click.echo(bill_of_materials(), nl=False)
elif sys.argv[1:] == ["licences"]:
    for package in locked_packages():
        if package.section in SECTIONS:
            click.echo(f"{package.name:34} {package.version:18} {package.licence or 'not installed here'}")
else:
    sys.exit(__doc__)

"""What it takes to set, prove and picture PDFs, read by a process before it is given any."""

import importlib
from contextlib import suppress

from pipeline.errors import PipelineError
from pipeline.export.pdf.startup import weasyprint

for name in (
    "pipeline.executor",
    "pipeline.export.pdf.engine",
    "pipeline.export.pdf.proof",
    "pipeline.render.document",
    "babel.dates",
    "babel.numbers",
    "fontTools.ttLib",
    "jinja2",
    "pikepdf",
    "PIL.Image",
    "pypdfium2",
):
    importlib.import_module(name)
with suppress(PipelineError):  # who asks for a PDF is told
    weasyprint()

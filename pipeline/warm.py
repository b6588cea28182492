"""What every worker needs, read once by the process that workers are forked from."""

import importlib
from contextlib import suppress

from pipeline.errors import PipelineError
from pipeline.export.pdf.startup import weasyprint

for name in ("pipeline.executor", "pikepdf", "pypdfium2", "ebooklib.epub", "fontTools.ttLib", "PIL.Image", "lxml.html"):
    importlib.import_module(name)
with suppress(PipelineError):  # who asks for a PDF is told
    weasyprint()

"""What every worker needs, read once by the process that workers are forked from."""

import gc
import importlib
from contextlib import suppress

from pipeline.errors import PipelineError
from pipeline.export.pdf.startup import weasyprint

for name in (
    "pipeline.warm_pages",
    "pipeline.executor",
    "pikepdf",
    "pypdfium2",
    "ebooklib.epub",
    "PIL.Image",
    "lxml.html",
):
    importlib.import_module(name)
with suppress(PipelineError):  # who asks for a PDF is told
    weasyprint()
gc.collect()
gc.freeze()

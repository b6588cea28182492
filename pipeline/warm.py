"""What every worker needs, read once by the process that workers are forked from."""

import gc
import importlib
from contextlib import suppress

from pipeline.errors import PipelineError
from pipeline.export.pdf.startup import weasyprint

for name in ("pipeline.executor", "pikepdf", "pypdfium2", "ebooklib.epub", "fontTools.ttLib", "PIL.Image", "lxml.html"):
    importlib.import_module(name)
with suppress(PipelineError):  # who asks for a PDF is told
    weasyprint()
# As on the command line, Python looks for garbage less often, and never again among what was read here.
gc.set_threshold(50_000)
gc.collect()
gc.freeze()

"""What every worker needs, read once by the process that workers are forked from."""

import gc
import importlib

for name in ("pipeline.warm_pages", "pipeline.warm_pdf", "ebooklib.epub", "lxml.html"):
    importlib.import_module(name)
gc.collect()
gc.freeze()

"""A publishing pipeline for health and fitness writing: Markdown in, checked and proven PDF, EPUB and HTML out."""

__version__ = "0.1.0"

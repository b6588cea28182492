"""Make PDFs for the tests: of the sample, and of the sample spoilt on purpose."""

from __future__ import annotations

from functools import cache

from pipeline.export.pdf import FORMAT, engine
from pipeline.export.pdf.document import document
from pipeline.export.pdf.finish import finish
from pipeline.model.nodes import Block
from pipeline.model.proof import OutputFile, Proof
from pipeline.model.publication import Publication
from tests.publications import requirements, sample, with_body


def nothing_beside(path: str) -> bytes | None:
    """A PDF needs no other file."""
    assert path
    return None


@cache
def sample_pdf() -> OutputFile:
    """The sample article, exported once for all tests."""
    return FORMAT.export(sample())[0]


def blocks_pdf(*blocks: Block) -> bytes:
    """A publication of just these blocks."""
    return FORMAT.export(with_body(*blocks))[0].data


def spoilt(css: str = "", *changes: tuple[str, str], publication: Publication | None = None) -> OutputFile:
    """The sample with more style and with words of its HTML replaced."""
    source = publication or sample()
    html = document(source).decode()
    for old, new in changes:
        assert old in html
        html = html.replace(old, new)
    html = html.replace("</head>", f"<style>{css}</style></head>")
    data, messages = engine.write(source, html.encode(), ())
    assert not messages, messages
    finished, pages = finish(data)
    return OutputFile("pdf/spoilt.pdf", "application/pdf", finished, pages)


def proof_of(file: OutputFile, publication: Publication | None = None) -> Proof:
    """What proof finds of the sample's requirements."""
    return FORMAT.verify(file, requirements(publication or sample()), nothing_beside)

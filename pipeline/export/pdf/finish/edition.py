"""Say in the document's metadata which edition it is; WeasyPrint has no place for that."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pipeline.model.publication import Publication
from pipeline.publication.links import edition_url
from pipeline.render.elements import NOT_XML

STATEMENT = """<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"><dc:identifier>{url}</dc:identifier>\
<xmpMM:VersionID>{edition}</xmpMM:VersionID></rdf:Description>
"""
"""Both are properties that PDF/A-2 knows without a schema of their own (XMP 2005, sections on Dublin Core and media management)."""


def statement(publication: Publication) -> bytes:
    """The edition id and the address of its status page, for the one ``rdf:RDF`` of the XMP packet."""
    url = NOT_XML.sub("", edition_url(publication.imprint.url, publication.edition))
    return STATEMENT.format(url=escape(url), edition=escape(publication.edition)).encode()

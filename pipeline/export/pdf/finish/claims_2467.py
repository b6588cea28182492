"""Claim PDF/UA-1 beside PDF/A-2a in the document's metadata.

WeasyPrint claims one standard a file. https://github.com/Kozea/WeasyPrint/issues/2467
"""

from __future__ import annotations

RDF_END = b"</rdf:RDF>"

CLAIM = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""ISO 19005-2, 6.6.2.3.3 wants the schema of every property described that PDF/A itself does not know."""


def claim(metadata: bytes, statement: bytes = b"") -> bytes:
    """The XMP packet with the claim, and ``statement`` before it, in its one ``rdf:RDF``; a second would be ignored."""
    before, end, after = metadata.rpartition(RDF_END)
    return before + statement + CLAIM + end + after

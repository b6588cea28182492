"""How a document of WeasyPrint's is written on its way to be finished: as a whole file, of which nothing is packed in vain.

pydyf would pack all objects but streams into one, as hard as it can, and ask each for its bytes once more to make an
identifier. Finishing and binding open what is written here, and pack it their own way.
"""

from __future__ import annotations

import hashlib
from typing import Any

HEADER = b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n"
ROW = b"\x01%b\x00\x00"
PACKED_ROW = b"\x02%b%b"
"""Rows of a cross-reference stream with 1, 4 and 2 bytes a field; ISO 32000-1, 7.5.8.3."""

MOST_PACKED = 0xFFFF
"""Objects that one stream has; its rows tell their places by two bytes."""


def plainly(_laid_out: Any, pdf: Any) -> None:
    """Have a ``pydyf.PDF`` written so: a ``finisher`` of WeasyPrint's."""

    def write(output: Any, version: Any, identifier: Any, _compress: Any) -> None:
        output.write(written(pdf, str(version or "1.7").encode(), identifier))

    pdf.write = write


def written(pdf: Any, version: bytes, identifier: bytes | bool | None) -> bytes:
    """The file of a ``pydyf.PDF``; its identifier, where it is to have one but none is given, is a digest."""
    import pydyf

    pdf.add_object(pdf.info)
    made = bytearray(HEADER % version)
    rows: dict[int, bytes] = {0: b"\x00" * 7}
    packed: list[tuple[int, bytes]] = []
    for thing in pdf.objects:
        if thing.free != "n":
            continue
        if thing.compressible:
            packed.append((thing.number, thing.data))
        else:
            thing.stream = [_body(thing.stream)]
            rows[thing.number] = ROW % len(made).to_bytes(4)
            made += thing.indirect + b"\n"
    number = len(pdf.objects)
    for start in range(0, len(packed), MOST_PACKED):
        part = packed[start : start + MOST_PACKED]
        rows[number] = ROW % len(made).to_bytes(4)
        rows |= {each: PACKED_ROW % (number.to_bytes(4), at.to_bytes(2)) for at, (each, _) in enumerate(part)}
        made += _packed(number, part)
        number += 1
    digest = hashlib.md5(made, usedforsecurity=False).hexdigest()
    ids = pydyf.Array([pydyf.String(digest if identifier is True else identifier), pydyf.String(digest)])
    rows[number] = ROW % len(made).to_bytes(4)
    table = pydyf.Stream(
        [b"".join(rows.get(each, rows[0]) for each in range(number + 1))],
        {
            "Type": "/XRef",
            "Index": pydyf.Array((0, number + 1)),
            "W": pydyf.Array((1, 4, 2)),
            "Size": number + 1,
            "Root": pdf.catalog.reference,
            "Info": pdf.info.reference,
            **({"ID": ids} if identifier else {}),
        },
    )
    table.number = number
    return b"%b%b\nstartxref\n%d\n%%%%EOF\n" % (bytes(made), table.indirect, len(made))


def _body(operators: list[Any]) -> bytes:
    """What a ``pydyf.Stream`` holds, of which nearly all is bytes already."""
    from pydyf import _to_bytes as bytes_of

    return b"\n".join([each if type(each) is bytes else bytes_of(each) for each in operators])


def _packed(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    """A stream of objects; ISO 32000-1, 7.5.7."""
    heads, position = [], 0
    for each, data in objects:
        heads.append(b"%d %d" % (each, position))
        position += len(data) + 1
    head = b" ".join(heads)
    body = b"\n".join([head, *(data for _, data in objects)])
    said = b"<</Type /ObjStm/N %d/First %d/Length %d>>" % (len(objects), len(head) + 1, len(body))
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, said, body)

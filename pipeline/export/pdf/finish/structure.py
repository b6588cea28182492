"""Write a tag tree as the structure elements of a PDF; ISO 32000-1, 14.7."""

from __future__ import annotations

from typing import Any

from pipeline.export.pdf.finish.tree import Annotation, Mark, Tag

KEPT_EMPTY = frozenset({"TD", "TH", "TR"})
"""Without its empty cells a table would not be regular; ISO 14289-1, 7.5."""


def write(tags: list[Tag], pdf: Any, sizes: list[tuple[float, float]]) -> None:
    """Add a tree to a ``pydyf.PDF`` whose pages have these sizes in CSS pixels; ``tags`` are all of it, the root first."""
    _prune_empty(tags)
    _Writer(pdf, sizes).write(tags[0])


def _prune_empty(tags: list[Tag]) -> None:
    for tag in reversed(tags):
        tag.kids = [kid for kid in tag.kids if type(kid) is not Tag or kid.kids or kid.role in KEPT_EMPTY]


def _texts(tag: Tag) -> tuple[tuple[bytes, str], ...]:
    """What is said of a tag, by key; ISO 32000-1, table 323."""
    return (
        (b"Lang", tag.language),
        (b"Alt", tag.alt),
        (b"ActualText", tag.actual),
        (b"ID", tag.id),
    )


class _Element:
    """A structure element as a ``pydyf.PDF`` holds an object; a book has tens of thousands of them.

    What it comes to is put together once, in the bytes that ``pydyf.Dictionary`` would make of it.
    """

    __slots__ = ("data", "number", "offset")
    generation, free, compressible = 0, "n", True

    def __init__(self) -> None:
        self.number = self.offset = 0
        self.data = b""

    @property
    def reference(self) -> bytes:
        return b"%d 0 R" % self.number

    @property
    def indirect(self) -> bytes:
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


class _Writer:
    def __init__(self, pdf: Any, sizes: list[tuple[float, float]]) -> None:
        import pydyf

        self.pydyf = pydyf
        self.pdf = pdf
        self.sizes = sizes
        self.pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self.page_references: list[bytes] = [page.reference for page in self.pages]
        self.owners: list[dict[int, bytes]] = [{} for _ in self.pages]
        self.annotations: list[tuple[bytes, Annotation]] = []
        self.ids: list[tuple[str, bytes]] = []

    def write(self, root: Tag) -> None:
        dictionary, array = self.pydyf.Dictionary, self.pydyf.Array
        tree = dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(tree)
        document = self._element(root, tree.reference)
        tree["K"] = array([document])
        tree["ParentTree"] = self._parent_tree()
        tree["ParentTreeNextKey"] = len(self.pages) + len(self.annotations)
        if self.ids:
            names = array()
            for name, reference in sorted(self.ids):
                names.extend((self.pydyf.String(name), reference))
            tree["IDTree"] = dictionary({"Names": names})
        self._drop_other_annotations()
        self.pdf.catalog["StructTreeRoot"] = tree.reference
        self.pdf.catalog["MarkInfo"] = dictionary({"Marked": "true"})
        self.pdf.catalog["ViewerPreferences"] = dictionary({"DisplayDocTitle": "true"})

    def _element(self, tag: Tag, parent: bytes) -> bytes:
        element = _Element()
        self.pdf.add_object(element)
        reference = element.reference
        said = b"/Type /StructElem/S /%b/P %b" % (tag.role.encode(), parent)
        kids, first = [], None
        for kid in tag.kids:
            if type(kid) is Tag:
                kids.append(self._element(kid, reference))
            elif type(kid) is Mark:
                page, mcid = kid
                self.owners[page][mcid] = reference
                if first is None:
                    first = page
                    said += b"/Pg " + self.page_references[page]
                kids.append(b"%d" % mcid if page == first else self._elsewhere(kid))
            elif type(kid) is Annotation:
                kids.append(self._area(kid, reference))
        if kids:
            said += b"/K [%b]" % b" ".join(kids)
        element.data = b"<<%b%b>>" % (said, self._described(tag, reference))
        return reference

    def _elsewhere(self, mark: Mark) -> bytes:
        return b"<</Type /MCR/Pg %b/MCID %d>>" % (self.page_references[mark.page], mark.mcid)

    def _area(self, area: Annotation, reference: bytes) -> bytes:
        self.annotations.append((reference, area))
        return b"<</Type /OBJR/Obj %b/Pg %b>>" % (area.dictionary.reference, self.page_references[area.page])

    def _described(self, tag: Tag, reference: bytes) -> bytes:
        """What is said of an element besides."""
        said = b""
        if tag.language or tag.alt or tag.actual or tag.id:
            said = b"".join(b"/%b %b" % (key, self.pydyf.String(value).data) for key, value in _texts(tag) if value)
        if tag.id:
            self.ids.append((tag.id, reference))
        if tag.place is not None:
            tag.attributes["Layout"] = {"BBox": self._place(*tag.place), "Placement": "/Block"}
        if tag.attributes:
            rows = [self.pydyf.Dictionary({"O": f"/{owner}", **row}) for owner, row in sorted(tag.attributes.items())]
            said += b"/A " + (rows[0] if len(rows) == 1 else self.pydyf.Array(rows)).data
        return said

    def _place(self, page: int, box: Any) -> Any:
        """The picture's rectangle in points from the page's bottom left."""
        _, height = self.sizes[page]
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, height - top - box.height, left + box.width, height - top)
        return self.pydyf.Array([round(each * 0.75, 2) for each in corners])

    def _parent_tree(self) -> bytes:
        numbers = self.pydyf.Array()
        for page, owners in enumerate(self.owners):
            last = max(owners, default=-1)
            numbers.extend((page, self.pydyf.Array([owners.get(mcid, b"null") for mcid in range(last + 1)])))
        for at, (reference, annotation) in enumerate(self.annotations, start=len(self.pages)):
            annotation.dictionary["StructParent"] = at
            numbers.extend((at, reference))
        tree = self.pydyf.Dictionary({"Nums": numbers})
        self.pdf.add_object(tree)
        found: bytes = tree.reference
        return found

    def _drop_other_annotations(self) -> None:
        """Areas inside a link that has an area already would be links without a tag."""
        kept = {annotation.dictionary.reference for _, annotation in self.annotations}
        for page in self.pages:
            if "Annots" in page:
                page["Annots"] = self.pydyf.Array([each for each in page["Annots"] if each in kept])
                if not page["Annots"]:
                    del page["Annots"]

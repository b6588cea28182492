"""What a newsletter needs on paper, where nobody can follow a link: its address in words, and a code to scan."""

from __future__ import annotations

from pipeline.model.publication import Publication
from pipeline.publication.links import edition_url
from pipeline.render.elements import Element, element
from pipeline.render.handout import qr_code
from pipeline.render.labels import Labels

BLOCKS = "./p[@class='more'] | .//li[strong[@class='label']/a] | ./p[@class='leave']"
"""The invitations to go somewhere: to an article, to what an event or an offer is about, and off the list."""


def write_addresses(part: Element) -> None:
    """Put the address of its link on a line of its own at the end of each block that invites readers to follow it."""
    for block in part.xpath(BLOCKS):
        link = next(block.iter("a"))
        if address := link.get("href", "").partition("://")[2].rstrip("/"):
            block.extend([element("br"), element("span", address, class_="address")])


def way_to_the_edition(publication: Publication, labels: Labels) -> Element:
    """A code to scan, and beside it the address that it leads to: the page that says whether this edition is current."""
    url = edition_url(publication.imprint.url, publication.edition)
    before, after = labels.around("edition_check", "url")
    link = element("a", url.partition("://")[2], href=url)
    return element("div", element("p", qr_code(url), class_="qr"), element("p", before, link, after), class_="way")

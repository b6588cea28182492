"""The editor's desk: a local web app that shows a content tree as it is on disk, and what would be made of it.

It listens on this machine alone. ``desk`` knows the tree, ``making`` makes PDFs and e-books in the background, ``watching``
sees what is saved, ``hub`` tells the pages, ``guard`` keeps everybody else out, ``pages`` and ``app`` are the web's side.
"""

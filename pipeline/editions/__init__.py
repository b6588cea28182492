"""The record of editions: what was released, what was withdrawn, and which edition a file or a printed id is."""

from pipeline.editions.ledger import EDITIONS, Record, load_ledger, open_record
from pipeline.editions.marks import with_marks

__all__ = ["EDITIONS", "Record", "load_ledger", "open_record", "with_marks"]

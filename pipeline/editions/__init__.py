"""The record of editions: what was released, what was withdrawn, and which edition a file or a printed id is."""

from pipeline.editions.ledger import EDITIONS, load_ledger, open_record

__all__ = ["EDITIONS", "load_ledger", "open_record"]

"""Delivery: a proven newsletter issue, sent to each member once.

The message is the file that ``build/`` proved; the members come from a CSV file; the ledger remembers who has what, so that
a send that was killed goes on where it was.
"""

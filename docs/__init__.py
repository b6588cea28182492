"""The handbook: its guides are in ``content/``, its reference is made from the code."""

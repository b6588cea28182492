"""A language server: what the checks find, their fixes, names and explanations, in the editor's own tools.

It speaks the Language Server Protocol 3.17 over standard input and output. Nothing here writes a file: fixes are edits that the
editor applies, to texts that may not have been saved.
"""

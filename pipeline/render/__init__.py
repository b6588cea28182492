"""Stage 5: a publication as one semantic HTML tree, the same for every format."""

"""One check a file, named after the defect that it finds; ``registry`` gathers them, ``run`` runs them."""

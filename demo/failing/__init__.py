"""Lives of the families in which something does not happen: one file for each part of the effort."""

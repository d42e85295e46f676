"""The read side: what is asked across people has a table; what is asked of one person is folded live."""

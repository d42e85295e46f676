"""Faults on purpose: what is killed, filled up, doubled and swapped, and what must still hold.

Each scenario is a file with `run(n, seed)`, which answers with frozen `Figures` (faults.figures), and with mutants:
the same scenario on a program or server that is broken in one place, which must fail.
"""

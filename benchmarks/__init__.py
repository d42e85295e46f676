"""What it costs, beside the physical limit and peers: `python -m benchmarks` (docs/drift/benchmarks.md).

One run starts one real PostgreSQL in a folder of its own, and everything that is compared is measured in that run, in
turns. Machines differ and are noisy, so the figures to trust are the ratios.
"""

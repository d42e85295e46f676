"""How much is done."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many of everything. `history` is how many entries a person has before anything is measured."""

    rounds: int = 3
    history: int = 30
    # append: people, and entries in a round by all writers together, not more than one each
    people: int = 600
    appends: int = 600
    # batches: their sizes, and about so many entries in a round (ready rows four times as many)
    batch: tuple[int, int] = (500, 5_000)
    batched: int = 1_500
    # import
    import_youths: int = 3_000
    # follower: people; entries that wait in each round; of these the library's runner does so many
    followed: int = 600
    backlog: int = 3_000
    runner: int = 500
    # pages: people, requests of each page in a round, and how many people's own pages
    few: int = 600
    many: int = 6_000
    requests: int = 200
    shown: int = 30
    # growth: entries of the logs that are rebuilt, each with this history for a person; the largest once only
    growth: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    growth_history: int = 33
    # erasing: entries of the log, with the same history, and people erased in a round
    erasing: int = 100_000
    erased: int = 50
    # obligations: different lives of each length
    lives: int = 300
    # preview: few people and many
    previewed: tuple[int, int] = (300, 3_000)
    # memory
    small_file: int = 1_000
    large_file: int = 4_000


FULL = Size()
QUICK = Size(
    people=200,
    appends=200,
    batched=1_000,
    import_youths=500,
    followed=150,
    backlog=600,
    runner=150,
    many=2_400,
    requests=60,
    growth=(10_000, 100_000),
    erased=25,
    lives=100,
    previewed=(100, 1_000),
    small_file=300,
    large_file=1_200,
)
TINY = Size(
    rounds=1,
    history=8,
    people=8,
    appends=8,
    batch=(8, 40),
    batched=8,
    import_youths=20,
    followed=10,
    backlog=40,
    runner=8,
    few=20,
    many=40,
    requests=4,
    shown=3,
    growth=(66, 330),
    erasing=330,
    erased=2,
    lives=3,
    previewed=(6, 20),
    small_file=10,
    large_file=40,
)
"""So small that it runs with the ordinary tests. The figures mean nothing."""

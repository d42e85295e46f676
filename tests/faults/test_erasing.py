"""An erasure killed on its way ends erased, and its mutants are caught."""

from faults import erasing


def test_killed_after_any_step_it_ends_erased() -> None:
    found = erasing.run(1, 1)
    assert found.holds, found


def test_an_erasure_in_several_transactions_is_caught() -> None:
    assert erasing.piece_by_piece(1, 2).caught


def test_an_erasure_without_a_ledger_file_is_caught() -> None:
    assert erasing.without_a_ledger_file(1, 3).caught

from pathlib import Path

import pytest

from eventlog import Secrets, SecretsRefused


def test_keys_are_made_once_and_read_again(tmp_path: Path) -> None:
    first = Secrets.open(tmp_path / "keys")
    assert Secrets.open(tmp_path / "keys").masters == first.masters
    assert first.epoch == 1
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"index.key": 0o600, "master-1.key": 0o600}


def test_the_highest_epoch_closes_new_keys(tmp_path: Path) -> None:
    Secrets.open(tmp_path)
    (tmp_path / "master-12.key").write_bytes(b"x" * 32)
    (tmp_path / "master-12.key").chmod(0o600)
    assert Secrets.open(tmp_path).epoch == 12


def test_half_a_set_of_keys_is_refused_not_made_whole(tmp_path: Path) -> None:
    Secrets.open(tmp_path)
    (tmp_path / "index.key").unlink()
    with pytest.raises(SecretsRefused, match="ikke hele"):
        Secrets.open(tmp_path)


def test_keys_that_others_can_read_are_refused(tmp_path: Path) -> None:
    Secrets.open(tmp_path)
    (tmp_path / "index.key").chmod(0o640)
    with pytest.raises(SecretsRefused, match="0600"):
        Secrets.open(tmp_path)


def test_a_key_of_the_wrong_length_is_refused(tmp_path: Path) -> None:
    Secrets.open(tmp_path)
    (tmp_path / "master-1.key").write_bytes(b"short")
    with pytest.raises(SecretsRefused, match="5 byte"):
        Secrets.open(tmp_path)


def test_keys_never_show_themselves() -> None:
    assert "\\x" not in repr(Secrets.for_tests())
    assert repr(Secrets.for_tests().masters[1]) not in repr(Secrets.for_tests())


def test_each_purpose_has_a_key_of_its_own() -> None:
    secrets = Secrets.for_tests()
    assert secrets.hmac("source", b"x") != secrets.hmac("content", b"x")
    assert secrets.hmac("source", b"x") == secrets.hmac("source", b"x")

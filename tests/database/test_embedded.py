"""The embedded server: started, joined, killed, lost, and never left behind."""

import os
import signal
import stat
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from database import binaries, places
from database.binaries import programs, server_user
from database.embedded import DATABASE, SUPERUSER, EmbeddedServer
from database.refusal import DatabaseRefused

ROOT = os.geteuid() == 0
PROJECT = Path(__file__).parents[2]
NOBODY = 65534

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": f"{PROJECT}:{sysconfig.get_path('purelib')}",
    "PYTHONDONTWRITEBYTECODE": "1",
}

OWNER = """
import sys, time
from pathlib import Path
from database.embedded import EmbeddedServer
server = EmbeddedServer.start(Path(sys.argv[1]))
print(server.owned, server.pid, flush=True)
"""


def ask(server: EmbeddedServer, question: str) -> str:
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres")) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return str(row[0])


def other_process(folder: Path, then: str, user: int | None = None) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [python_for(user), "-c", OWNER + then, folder],
        cwd=PROJECT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        user=user,
        group=user,
        extra_groups=[] if user else None,
    )


def python_for(user: int | None) -> str:
    """Find a Python this user can run: ours may lie under root's home."""
    if user is None:
        return sys.executable
    for candidate in (sys.executable, f"/usr/bin/python3.{sys.version_info.minor}"):
        done = subprocess.run(
            ["/bin/sh", "-c", 'exec "$1" -c "import psycopg"', "sh", candidate],
            check=False,
            capture_output=True,
            user=user,
            env=ENVIRONMENT,
        )
        if done.returncode == 0:
            return candidate
    pytest.skip("no Python here that an ordinary user can run")


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def finish(process: "subprocess.Popen[str]") -> str:
    return process.communicate(timeout=30)[1]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def processes_of(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            at = str((process / "cwd").readlink())
        except OSError:
            continue
        if str(folder) in command or at.startswith(str(folder)):
            found.append(command)
    return found


def eventually(what: Callable[[], bool], seconds: float = 15.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.02)
    return False


def test_the_programs_are_the_18_of_the_wheel_and_not_the_16_beside_it() -> None:
    tools = programs(None)
    assert (tools.parent.name, tools.name) == ("pginstall18", "bin")
    version = subprocess.run([tools / "postgres", "--version"], check=True, capture_output=True, text=True)
    assert version.stdout.startswith("postgres (PostgreSQL) 18.")


def test_first_start_makes_everything_private_and_safe(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        assert server.owned
        for private in (server.data, places.recorded_places(folder).sockets):  # type: ignore[union-attr]
            assert stat.S_IMODE(private.stat().st_mode) == 0o700
        for name in ("postgresql.log", "postgresql.lock", "postgresql.json"):
            assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
        expected = {
            "data_checksums": "on",
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "listen_addresses": "",
            "server_encoding": "UTF8",
        }
        assert {name: ask(server, f"show {name}") for name in expected} == expected
        assert ask(server, "select datlocale from pg_database where datname = 'postgres'") == "C.UTF-8"


def test_stop_is_clean_and_leaves_no_process(folder: Path) -> None:
    server = EmbeddedServer.start(folder)
    pid = server.pid
    server.stop()
    server.stop()
    assert not alive(pid)
    assert processes_of(folder) == []
    assert "database system is shut down" in (folder / "postgresql.log").read_text(encoding="utf-8")
    assert not (server.data / "postmaster.pid").exists()


def test_a_second_process_joins_and_leaves_the_server_running(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        other = other_process(folder, "")
        assert first_line(other) == f"False {server.pid}"
        assert finish(other) == ""
        assert ask(server, "select 1") == "1"
        with EmbeddedServer.start(folder) as joined:  # the same process may too
            assert not joined.owned
        assert ask(server, "select 1") == "1"


def test_of_processes_that_start_at_once_one_owns_and_all_connect(folder: Path) -> None:
    others = [other_process(folder, "input()") for _ in range(4)]
    lines = [first_line(other).split() for other in others]
    assert sorted(owned for owned, _ in lines) == ["False", "False", "False", "True"]
    assert len({pid for _, pid in lines}) == 1
    for other in others:
        other.communicate("\n", timeout=30)


def test_a_joined_process_may_start_the_server_again_when_the_owner_is_gone(folder: Path) -> None:
    owner = other_process(folder, "input()")
    assert first_line(owner).startswith("True")
    joined = EmbeddedServer.start(folder)
    assert not joined.owned
    owner.communicate("\n", timeout=30)
    with pytest.raises(psycopg.OperationalError):
        ask(joined, "select 1")
    with EmbeddedServer.start(folder) as again:
        assert again.owned


def test_killed_and_started_at_once_it_still_has_every_committed_row(folder: Path, rounds: int) -> None:
    started = []
    for count in range(rounds):
        # The killed one is not reaped: it stays a zombie, and its pid is taken.
        server = EmbeddedServer.start(folder)
        started.append(server)
        assert server.owned
        with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("create table if not exists kept (n int)")
            assert connection.execute("select count(*) from kept").fetchone() == (count,)
            connection.execute("insert into kept values (1)")
            os.kill(server.pid, signal.SIGKILL)
    for server in started:
        server.stop()
    assert eventually(lambda: processes_of(folder) == [])


def test_an_owner_killed_while_it_starts_leaves_nothing_in_the_way(folder: Path, rounds: int) -> None:
    for count in range(rounds):
        owner = other_process(folder, "")
        time.sleep(0.15 + 0.6 * count / rounds)  # from the first line, over initdb, to the running server
        owner.kill()
        finish(owner)
    assert eventually(lambda: processes_of(folder) == [])
    with EmbeddedServer.start(folder) as server:
        assert ask(server, "select 1") == "1"


def test_a_pid_that_belongs_to_another_program_by_now_is_no_hindrance(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        socket_lock = places.recorded_places(folder).socket.with_name(".s.PGSQL.5432.lock")  # type: ignore[union-attr]
    with subprocess.Popen(["sleep", "60"]) as stranger:
        for stale in (server.data / "postmaster.pid", socket_lock):
            stale.write_text(f"{stranger.pid}\n{server.data}\n1\n5432\n", encoding="ascii")
        with EmbeddedServer.start(folder) as again:
            assert again.owned
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_somebody_started_by_hand_is_left_alone(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        pass
    tools = programs(server_user())
    command: list[str | Path] = [tools / "postgres", "-D", server.data, "-k", server.data, "-h", ""]
    by_hand = subprocess.Popen(command, cwd="/", stderr=subprocess.DEVNULL, **binaries.run_as(server_user()))
    assert eventually((server.data / ".s.PGSQL.5432").exists)
    with pytest.raises(DatabaseRefused, match=f"proces {by_hand.pid}"):
        EmbeddedServer.start(folder)
    by_hand.send_signal(signal.SIGINT)
    by_hand.wait(30)


def test_a_cluster_half_made_is_made_again(folder: Path) -> None:
    (folder / "postgresql.new").mkdir()
    (folder / "postgresql.new" / "PG_VERSION").write_text("18\n", encoding="ascii")
    with EmbeddedServer.start(folder) as server:
        assert ask(server, "select 1") == "1"


def test_data_of_another_version_is_refused(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        pass
    (server.data / "PG_VERSION").write_text("17\n", encoding="ascii")
    with pytest.raises(DatabaseRefused, match="PostgreSQL 17"):
        EmbeddedServer.start(folder)


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("", 0),
        ("raise RuntimeError", 1),
        ("sys.exit(3)", 3),
        ("import os; os._exit(4)", 4),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM); time.sleep(9)", -signal.SIGTERM),
        ("import os, signal; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)", -signal.SIGINT),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
    ],
)
def test_however_the_owner_ends_the_server_ends(folder: Path, ending: str, code: int) -> None:
    owner = other_process(folder, ending)
    owned, pid = first_line(owner).split()
    finish(owner)
    assert (owned, owner.returncode) == ("True", code)
    assert eventually(lambda: not alive(int(pid)))
    assert eventually(lambda: processes_of(folder) == [])
    assert "database system is shut down" in (folder / "postgresql.log").read_text(encoding="utf-8")


def test_a_server_outlives_the_thread_that_started_it_and_a_fork(folder: Path) -> None:
    servers: list[EmbeddedServer] = []

    def start() -> None:
        servers.append(EmbeddedServer.start(folder))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    with servers[0] as server:
        fork = os.fork()
        if fork == 0:
            server.stop()
            os._exit(0)
        os.waitpid(fork, 0)
        time.sleep(0.1)
        assert ask(server, "select 1") == "1"


def test_a_deep_folder_gets_a_short_socket_that_others_find(folder: Path) -> None:
    deep = folder / ("dyb, \"mappe' æøå " * 5) / ("x" * 60)
    with EmbeddedServer.start(deep) as server:
        sockets = places.recorded_places(deep).sockets  # type: ignore[union-attr]
        assert len(os.fsencode(sockets)) < 60
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        other = other_process(deep, "")
        assert first_line(other) == f"False {server.pid}"
        finish(other)
    with EmbeddedServer.start(deep):
        assert places.recorded_places(deep).sockets == sockets  # type: ignore[union-attr]
    sockets.rmdir()


@pytest.mark.parametrize("name", ["a \"b\", 'c' æ", "a \"b\" 'c' æ %s {x} \\"])
def test_a_folder_may_have_any_letters(folder: Path, name: str) -> None:
    with EmbeddedServer.start(folder / name) as server:
        assert ask(server, "select 1") == "1"
    sockets = places.recorded_places(folder / name).sockets  # type: ignore[union-attr]
    if not sockets.is_relative_to(folder):  # to libpq a comma would separate two hosts
        sockets.rmdir()


@pytest.mark.skipif(not ROOT, reason="only root runs the server as another user")
def test_root_with_a_closed_folder_keeps_the_data_where_the_server_can_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_ELSEWHERE", folder / "elsewhere")
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedServer.start(closed / "data") as server:
        assert server.data.is_relative_to(folder / "elsewhere")
        assert server.data.stat().st_uid != 0
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    with EmbeddedServer.start(closed / "data") as again:
        assert again.data == server.data
    server.data.rename(server.data.with_name("lost"))
    with pytest.raises(DatabaseRefused, match="Databasen mangler"):
        EmbeddedServer.start(closed / "data")


@pytest.mark.skipif(not ROOT, reason="only root runs the server as another user")
def test_root_with_a_closed_wheel_copies_the_programs_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_CACHE", folder / "cache")
    monkeypatch.setattr(binaries, "_runs", lambda _installed, _user: False)
    tools = programs(server_user())
    assert programs(server_user()) == tools
    assert [*(folder / "cache").iterdir()] == [tools.parents[2]]
    with EmbeddedServer.start(folder / "data") as server:
        assert ask(server, "select 1") == "1"


@pytest.mark.skipif(not ROOT, reason="the other tests run as an ordinary user already")
def test_an_ordinary_user_needs_nothing_from_root(folder: Path) -> None:
    mine = folder / "mine"
    mine.mkdir()
    os.chown(mine, NOBODY, NOBODY)
    owner = other_process(mine / "data", "input()", user=NOBODY)
    owned, pid = first_line(owner).split() or finish(owner).split()
    assert owned == "True"
    assert Path(f"/proc/{pid}").stat().st_uid == NOBODY
    assert stat.S_IMODE((mine / "data").stat().st_mode) == 0o700
    owner.communicate("\n", timeout=30)
    assert eventually(lambda: processes_of(mine) == [])


@pytest.mark.skipif(not ROOT, reason="needs a second user")
def test_another_user_can_neither_join_nor_look(folder: Path) -> None:
    with EmbeddedServer.start(folder) as server:
        stranger = other_process(folder, "", user=NOBODY)
        assert "PermissionError" in finish(stranger)
        connect = f"import psycopg; psycopg.connect({server.conninfo(SUPERUSER, DATABASE)!r})"
        done = subprocess.run(
            [python_for(NOBODY), "-c", connect],
            check=False,
            capture_output=True,
            text=True,
            user=NOBODY,
            env=ENVIRONMENT,
        )
        assert "Permission denied" in done.stderr


def crash(server: EmbeddedServer, statement: str) -> None:
    """Kill the session that runs the statement; the server then tells its log about it."""
    with psycopg.connect(server.conninfo(SUPERUSER, "postgres")) as victim:
        threading.Timer(0.3, os.kill, (victim.info.backend_pid, signal.SIGKILL)).start()
        victim.execute(statement.encode())


def test_the_log_never_holds_what_was_typed(folder: Path) -> None:
    secret = "0101901234"
    wrong = [
        f"select '{secret}'::date",
        f"table t union select '{secret}{secret}{secret}'::bytea",
        f"insert into t values ('{secret}'), ('{secret}')",
        f"insert into t values ('{secret}{secret}{secret}')",
        f"do $$ begin raise warning '{secret}'; raise exception '{secret}'; end $$",
        f'select 1/0 as "{secret}"',
        f"selekt {secret}",
    ]
    with EmbeddedServer.start(folder) as server:
        with psycopg.connect(server.conninfo(SUPERUSER, "postgres"), autocommit=True) as connection:
            connection.execute("create table t (cpr varchar(10) primary key)")
            for statement in wrong:
                with pytest.raises(psycopg.Error):
                    connection.execute(statement.encode())
            with pytest.raises(psycopg.Error):
                connection.execute("select %s::int / 0, %s::date", [1, secret])
            connection.execute("insert into t values (%s)", [secret])
        with pytest.raises(psycopg.OperationalError):
            crash(server, f"select pg_sleep(10), '{secret}'")
    log = (folder / "postgresql.log").read_text(encoding="utf-8")
    assert "was terminated by signal 9" in log
    assert secret not in log

#!/bin/sh
# Runs a command whose temporary files lie in memory, where there is plenty of it, and are gone when it ends. To make a
# file on a disk can cost fifty times as much, and the tests make some hundred thousand. Nothing that they prove needs a
# disk: they kill processes, not machines. `make faults` and `make bench` use the disk.
set -eu

free=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${free:-0}" -ge 4194304 ]; then
  TMPDIR=$(mktemp -d /dev/shm/overgang-tmp-XXXXXX)
  chmod 711 "$TMPDIR" # a server that root starts is another user, who must get through
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
  trap 'exit 130' INT TERM HUP
fi
"$@"

#!/bin/sh
# The tests drive a real Chromium. Where we may install Debian's, we do; elsewhere its absence is said by the tests.
set -eu
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -q >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends chromium >/dev/null
else
    echo "Chromium is not installed and cannot be installed here: the browser tests will be skipped." >&2
fi

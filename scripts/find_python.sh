#!/usr/bin/env bash
# Makes the virtual environment $1 with the newest suitable Python on this machine, or says what is missing.
set -u
for name in python3.13 python3.12 python3.11 python3 python; do
  found=$(command -v "$name") || continue
  "$found" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
  "$found" -m venv "$1" 2>/dev/null && { echo "Using $("$1/bin/python" --version) ($found)."; exit 0; }
  rm -rf "$1"
  echo "$found cannot make a virtual environment (on Debian: apt install python3-venv)." >&2
done
echo "cscore needs Python 3.11, 3.12 or 3.13 with venv; none was found on PATH. Get it from python.org or your system's packages." >&2
exit 1

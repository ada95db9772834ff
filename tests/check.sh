#!/usr/bin/env bash
# The one gate: the same commands here, in .ci/run and in the GitHub workflow. Stops at the first failure.
set -eu
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1
bin=.venv/bin

step() { echo "== $1"; shift; "$@"; }

step "format" "$bin/ruff" format --check .
step "lint" "$bin/ruff" check .
step "templates" "$bin/djade" --check --target-version 5.2 $(git ls-files '*.html')
step "types" "$bin/mypy" manage.py cscore kb tickets chat analytics
step "storeys" "$bin/lint-imports" --no-cache
step "migrations" "$bin/python" manage.py makemigrations --check --dry-run
step "deployment checks" "$bin/python" manage.py check --fail-level WARNING
step "tests" make test

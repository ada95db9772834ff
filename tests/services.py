"""Runs a command with DATABASE_URL and REDIS_URL set, or says which service does not answer."""

import os
import subprocess
import sys

import psycopg
import redis

DATABASE_URL = os.environ.get("DATABASE_URL") or "postgres://127.0.0.1:5432/postgres"
REDIS_URL = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
NOTHING_THERE = 3


def missing() -> str:
    """Why the suite cannot run on the services, or nothing."""
    try:
        psycopg.connect(DATABASE_URL.replace("postgres://", "postgresql://", 1), connect_timeout=3).close()
    except psycopg.Error as problem:
        return f"PostgreSQL does not answer at DATABASE_URL: {problem}"
    try:
        redis.from_url(REDIS_URL, socket_timeout=3).ping()
    except redis.RedisError as problem:
        return f"Redis does not answer at REDIS_URL: {problem}"
    return ""


if __name__ == "__main__":
    if problem := missing():
        print(problem, file=sys.stderr)  # noqa: T201 - a command's own words
        sys.exit(NOTHING_THERE)
    environment = os.environ | {"DATABASE_URL": DATABASE_URL, "REDIS_URL": REDIS_URL}
    sys.exit(subprocess.run(sys.argv[1:], env=environment, check=False).returncode)

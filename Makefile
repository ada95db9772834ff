# Two commands matter: `make run` and `make test`. Both set up what they need.

.DEFAULT_GOAL := help
.PHONY: help run setup test test-services check lock messages bench-kb bench-matching bench-compliance bench-displeasure clean

VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
export PORT
# One arithmetic thread a process: the web server's threads share the cores already.
export OMP_NUM_THREADS ?= 1

help:
	@echo "make run             set up and serve the demo shop on http://127.0.0.1:$(PORT)"
	@echo "make test            set up and pass the tests on SQLite"
	@echo "make test-services   the same suite on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)"
	@echo "make check           the gate: format, lint, templates, types, storeys, migrations, tests"
	@echo "make bench-kb        replay, import, wording rules, search and publish-to-live, in figures"
	@echo "make bench-matching  accuracy and speed of the answers beside other engines; 100,000 phrasings, memory, publish"

run: $(VENV)/.product .env
	@DEMO=1 $(PY) manage.py serve --prepare

setup: $(VENV)/.development .env

test: setup
	@$(PY) -m pytest -n 2 --dist loadgroup -q

test-services: setup
	@$(PY) tests/services.py $(PY) -m pytest -n 2 --dist loadgroup -q

check: setup
	@bash tests/check.sh

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes -o requirements.txt requirements.in
	uv pip compile -q --universal --python-version 3.11 --generate-hashes -o tests/requirements.txt requirements.in tests/requirements.in

messages:
	@$(PY) manage.py makemessages -l zh_Hans --add-location file --no-wrap --no-obsolete -i $(VENV) -i var -i tests
	@$(PY) manage.py compilemessages -i $(VENV)

bench-matching: setup
	@$(PY) benchmarks/matching.py

bench-kb: setup
	@$(PY) benchmarks/knowledge.py

bench-compliance: setup
	@$(PY) benchmarks/compliance.py

bench-displeasure: setup
	@$(PY) benchmarks/displeasure.py

clean:
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@bash scripts/find_python.sh $(VENV)

$(VENV)/.product: requirements.txt | $(VENV)/bin/python
	@echo "Installing the libraries (about a minute, once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.development: requirements.txt tests/requirements.txt | $(VENV)/bin/python
	@echo "Installing the libraries and the test tools (about a minute, once) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.txt
	@touch $@ $(VENV)/.product

.env: | $(VENV)/bin/python
	@$(PY) -c 'import secrets; print("SECRET_KEY=" + secrets.token_urlsafe(48)); print("DEMO_PASSWORD=" + "-".join(secrets.token_hex(2) for _ in range(3)))' > .env.new
	@chmod 600 .env.new && mv .env.new .env

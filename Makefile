# Each target does all its own set-up. Asked of the machine: Python 3.11+, a C++20 compiler and make.
# Everything made lies in .venv/ and build/. `make` alone lists the targets.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test build environment browser neo4j generate stubs sweep bench lint docs pins clean

# Without .pyc files every new process would compile its libraries again.
unexport PYTHONDONTWRITEBYTECODE
export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
# Sums made by several BLAS threads may differ in the last bit.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1
# Python would ask for the compiler it was itself made with.
ifeq ($(origin CXX),default)
CXX := c++
endif
export CXX
ifeq ($(strip $(HOME)),)
export HOME := $(CURDIR)/build/home
endif

started := $(shell date +%s)
uv := build/uv/bin/uv
python := .venv/bin/python
kernels := $(wildcard ecograph/kernels/*.cpp ecograph/kernels/*.hpp)
rooms := $(shell find ecograph -type d -not -name __pycache__)
pin-flags := -q --upgrade --universal --python-version 3.11 --fork-strategy fewest --no-annotate --no-header
stop := sh -c 'echo "ecograph: $$0" >&2; exit 1'
# The path that Python itself gives: a shim of a version that is not active does not run. A list that ends in a
# missing name would end in code 127, which make takes for no output.
found = $(firstword $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null; done; true))
chromium = $(firstword $(shell for name in chromium chromium-browser google-chrome; do command -v $$name; done; true))
# A window is never narrower than 500 pixels, so the page is shown in a frame of the width wanted.
chromium-flags := --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars \
	--disable-background-networking --disable-component-update --disable-sync --user-data-dir=build/chromium

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1 \2/p' Makefile | while read name words; do printf '%-10s %s\n' $$name "$$words"; done

demo: build ## report the real dataset and the made one, in both languages, with pictures, in build/demo
	@mkdir -p build/demo build/chromium
	@test -n "$(chromium)" || echo "no pictures of the pages: Chromium is not installed"
	@for data in cordis-h2020 harbour; do for language in en zh; do \
		page=$$data-$$language; echo "build/demo/$$page.html"; \
		.venv/bin/ecograph report $$data --language $$language -o build/demo/$$page.html \
			--tables build/demo/$$page-tables || exit 1; \
		test -z "$(chromium)" || for width in 1280 390; do \
			printf '<body style="margin:0"><iframe src="../demo/%s.html" width="%s" height="3000" style="border:0">' \
				$$page $$width >build/chromium/page.html; \
			$(chromium) $(chromium-flags) --window-size=$$width,3000 --screenshot=build/demo/$$page-$$width.png \
				"file://$(CURDIR)/build/chromium/page.html" 2>/dev/null && echo "build/demo/$$page-$$width.png"; done; \
	done; done

test: ## run everything the submission check runs
	@$(MAKE) -j2 environment browser
	@$(python) tests/gate.py --started $(started)

neo4j: build/neo4j/lts.stamp build/neo4j/current.stamp ## assemble Neo4j servers for tests with Maven, in build/neo4j

build: .venv/built.stamp ## compile the kernels and install the package in .venv, editable

generate: build stubs ## write everything that is written by program
	@$(python) docs/generate.py --reference "$(or $(ECOGRAPH_REFERENCE),../shared/data)"

stubs: build ## write the type stubs of the kernels
	@for kernel in $(basename $(notdir $(wildcard ecograph/kernels/*.cpp))); do \
		$(python) -m nanobind.stubgen -q -m ecograph.kernels.$$kernel -o ecograph/kernels/$$kernel.pyi || exit 1; done

sweep: environment ## run the tests at their full counts, or some: make sweep ONLY=tests/metrics; writes docs/explanation/trust.md
	@$(python) tests/sweep.py $(ONLY)

bench: environment ## run every benchmark and write docs/explanation/speed.md, or some: make bench ONLY="csr flows"
	@$(python) tests/benchmarks/write.py $(ONLY)

lint: environment ## check style, types and floors
	@$(python) tests/gate.py ruff mypy floors

docs: environment ## build the documentation in build/docs
	@$(python) -m sphinx -W -q docs build/docs

pins: $(uv) ## choose the versions in requirements/ anew
	@$(uv) pip compile $(pin-flags) --extra test pyproject.toml -o requirements/test.txt
	@$(uv) pip compile $(pin-flags) -c requirements/test.txt pyproject.toml requirements/build.in -o requirements/run.txt

clean: ## remove everything that was made
	@rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -prune -exec rm -rf {} +

environment: .venv/test.stamp .venv/built.stamp

browser:
	@mkdir -p build
	@if test -z "$(chromium)" && test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		{ apt-get update && apt-get install -y --no-install-recommends chromium fonts-wqy-microhei; } >build/browser.log 2>&1 \
			|| echo "ecograph: Chromium could not be installed; see build/browser.log"; fi

# A folder of an older release is taken away whole: two releases in one folder are none.
build/neo4j/%.stamp: tests/server/pom.xml
	@mkdir -p build/neo4j && rm -rf build/neo4j/$*
	@command -v mvn >/dev/null || $(stop) "no Maven was found; install it (Debian: maven) to test against Neo4j"
	@mvn -B -q -f $< -P $* -Dparts=$(CURDIR)/build/neo4j/$* package >build/neo4j/$*.log 2>&1 \
		|| $(stop) "Neo4j ($*) could not be assembled; connect to the network (build/neo4j/$*.log)"
	@touch $@

# The machine is checked here, once, before anything is fetched.
$(uv): requirements/uv.txt
	@mkdir -p build
	@test -n "$(found)" || $(stop) "no Python 3.11 or newer was found; install one (Debian: python3 python3-venv python3-dev)"
	@printf '\043include <span>\n' | $(CXX) -std=c++20 -x c++ -fsyntax-only - 2>/dev/null \
		|| $(stop) "no C++20 compiler was found; install g++ 10 or newer, or name one in CXX"
	@$(found) -c 'import ensurepip, venv' 2>/dev/null || $(stop) "$(found) cannot make environments; install python3-venv"
	@$(found) -c 'import sysconfig as s; open(s.get_path("include") + "/Python.h")' 2>/dev/null \
		|| $(stop) "$(found) has no C headers; install python3-dev"
	@$(found) -m venv build/uv >build/setup.log 2>&1 || $(stop) "no environment could be made in build/uv; see build/setup.log"
	@build/uv/bin/pip install -q --retries 1 -r requirements/uv.txt >build/setup.log 2>&1 \
		|| $(stop) "uv could not be fetched from the package index; connect to the network (build/setup.log)"
	@touch $@

.venv/%.stamp: requirements/%.txt | $(uv)
	@test -x $(python) || $(uv) venv -q --clear -p build/uv/bin/python .venv
	@$(uv) pip install -q -p $(python) -r $< >build/setup.log 2>&1 \
		|| $(stop) "$< could not be installed; connect to the network (build/setup.log)"
	@touch $@

.venv/test.stamp: | .venv/run.stamp

# An editable install knows its modules by name, so it is made again when a folder gained or lost a file.
.venv/built.stamp: .venv/run.stamp $(kernels) $(rooms) CMakeLists.txt pyproject.toml
	@$(uv) pip install -p $(python) --no-deps --no-build-isolation --reinstall-package ecograph -e . >build/build.log 2>&1 \
		|| { cat build/build.log >&2; $(stop) "the kernels did not compile; the words above say why"; }
	@touch $@

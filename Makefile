# Quorate: `make help` lists the commands. `make run` and `make test` need nothing but Node.js, npm and make; they install what they use.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install build crd transcripts lint format types unit integration sim mutants test e2e redis e2e-up e2e-load-second-build e2e-run e2e-record e2e-down e2e-features endurance run run-kind check

CLUSTER ?= quorate-e2e
CACHE ?= $(or $(KIND_NODE_CACHE),$(HOME)/.cache/kind-node)
# A cluster that KUBECONFIG names is used as it is; otherwise ours.
E2E_KUBECONFIG := $(or $(KUBECONFIG),$(CACHE)/$(CLUSTER).kubeconfig)
E2E_PATH := $(CACHE)/bin:$(PATH)
# Which of the tiers that need a cluster `make e2e-run` runs.
E2E_TIER ?= e2e
# Where CI collects the runners' own reports; empty: no report is written.
REPORTS ?=
features_reports = $(or $(REPORTS),.cache/reports)
JEST := NODE_OPTIONS=--experimental-vm-modules node node_modules/jest/bin/jest.js
report = $(if $(REPORTS),--json --outputFile=$(REPORTS)/$(1).json,)

help: ## list the commands
	@grep -hE '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-22s %s\n", $$1, $$2}'

install: node_modules/.package-lock.json ## install what the lock file says, if it changed

node_modules/.package-lock.json: package.json package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

build: install ## bundle src/main.ts into dist/quorate.cjs
	node scripts/build.mjs

crd: install ## write the CRD, the chart's copy of it and the field reference from src/api
	npx esbuild scripts/generate-crd.ts --bundle --platform=node --format=esm --packages=external --log-level=warning | node --input-type=module

.PHONY: manifests
manifests: install ## write what the chart makes into src/cli/dev, for `quorate dev`; needs helm in the PATH
	node scripts/chart-manifests.mjs

transcripts: install ## play the transcripts in test/transcripts, and write down what happens now
	npx esbuild scripts/record-transcripts.ts --bundle --platform=node --format=esm --packages=external --log-level=warning | node --input-type=module

lint: install ## type-aware lint
	npx eslint .

format: install ## write the format that `make test` checks
	npx prettier --write --log-level=warn .

types: install ## check the types
	npx tsc --noEmit -p .

redis:
	@command -v redis-server >/dev/null && command -v redis-cli >/dev/null && command -v redis-benchmark >/dev/null || { \
	  echo 'installing redis-server and redis-tools, which replies are compared with'; \
	  [ "$$(id -u)" = 0 ] || { echo 'redis-server, redis-cli and redis-benchmark are needed, and only root can install them' >&2; exit 1; }; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends redis-server redis-tools >/dev/null; }

# What is measured is what the tests of these rooms reach by themselves, not what a world in the simulator happens to pass by.
COVERED_BY := 'test/unit/(consensus|wal|hostile|recovery)/|test/transcripts/'
.PHONY: coverage
coverage: install ## branches of src/consensus and src/wal reached by their tests; fails at 95 % or less of either
	$(JEST) --selectProjects unit -w 2 --testPathPatterns $(COVERED_BY) --coverage --coverageReporters text json-summary \
	  --collectCoverageFrom 'src/consensus/**/*.ts' --collectCoverageFrom 'src/wal/**/*.ts' \
	  --coverageThreshold '{"./src/consensus/":{"branches":95},"./src/wal/":{"branches":95}}'

# Debian's version of Go is enough.
.PHONY: go
go:
	@command -v go >/dev/null || { \
	  echo 'installing golang-go, in which the second judge of histories is written'; \
	  [ "$$(id -u)" = 0 ] || { echo 'go 1.19 or later is needed, and only root can install it' >&2; exit 1; }; \
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go >/dev/null; }

.PHONY: python
python: install
	@scripts/python-redis.sh >/dev/null

unit: install ## pure parts, files and sockets: no process, no cluster
	$(JEST) --selectProjects unit -w 2 $(call report,unit)

mutants: install ## plants each bug of test/mutants and looks for what catches it; writes docs/reports/mutants.md (outside CI)
	REPORT=docs/reports/mutants.md node scripts/mutants.mjs

sim: install ## worlds under the simulator: SEEDS=20 from FIRST=1; TRACE=yes tells what happens; SHRINK=yes makes failing ones smaller; FOCUS=kill,clog are worlds of these faults alone; REPORT=file
	SEEDS=$(SEEDS) FIRST=$(FIRST) TRACE=$(TRACE) KEEP=$(KEEP) PLAN=$(PLAN) SHRINK=$(SHRINK) TAKE_BACK=$(TAKE_BACK) FOCUS=$(FOCUS) REPORT=$(REPORT) node scripts/simulate.mjs

.PHONY: sim-pairs
sim-pairs: install ## worlds of each two classes of faults alone, SEEDS=5 of each pair; writes docs/reports/simulation-pairs.md (outside CI)
	SEEDS='$(SEEDS)' WORKERS='$(WORKERS)' REPORT=docs/reports/simulation-pairs.md node scripts/simulate-pairs.mjs

.PHONY: corpus
corpus: install ## what once failed passes, and fails with its fix taken back; writes docs/reports/corpus.md (outside CI); ONLY=17,929
	ONLY='$(ONLY)' REPORT='$(if $(ONLY),,docs/reports/corpus.md)' node scripts/corpus.mjs

.PHONY: operator-mutants
operator-mutants: install ## plants each operator bug of test/mutants; writes docs/reports/operator-mutants.md (outside CI); ONLY=O03,O17
	ONLY='$(ONLY)' POINTS='$(POINTS)' WORKERS='$(WORKERS)' REPORT='$(if $(ONLY),,docs/reports/operator-mutants.md)' node scripts/operator-mutants.mjs

.PHONY: operator-crashes
operator-crashes: install ## the operator ended before and after every write of every scenario; writes docs/reports/operator-crashes.md (outside CI); SCENARIO= one of them, SAMPLE= so many points each
	SCENARIO='$(SCENARIO)' CRASH='$(CRASH)' FAULTS='$(FAULTS)' FIRST='$(FIRST)' SAMPLE='$(SAMPLE)' TRACE='$(TRACE)' WORKERS='$(WORKERS)' REPORT='$(if $(SCENARIO)$(SAMPLE),,docs/reports/operator-crashes.md)' node scripts/operator-crashes.mjs

integration: install redis go python ## real processes on loopback, and Redis beside us
	$(JEST) --selectProjects integration -w 1 $(call report,integration)

.PHONY: scenarios
scenarios: install redis go ## the scenarios of `make e2e` on devclusters: no Docker, no kubectl, no Helm
	$(JEST) --selectProjects scenarios -w 3 $(call report,scenarios)

.PHONY: pages
pages: install ## the commands of README and docs/ that need a Kubernetes, on a devcluster; with a kubectl in the PATH, and those of Helm with a helm
	@PATH=$(E2E_PATH) command -v helm >/dev/null || echo 'no helm in the PATH: test/pages/helm.test.ts is not run'
	PATH=$(E2E_PATH) $(JEST) --selectProjects pages -w 1 $(call report,pages) \
	  $$(PATH=$(E2E_PATH) command -v helm >/dev/null || echo --testPathIgnorePatterns test/pages/helm)

test: install redis go python ## install, lint, types, and every test that needs no cluster
	npx prettier --check --log-level=warn .
	npx eslint .
	npx tsc --noEmit -p .
	$(MAKE) --no-print-directory unit integration scenarios
	@if PATH=$(E2E_PATH) command -v kubectl >/dev/null; then $(MAKE) --no-print-directory pages; \
	else echo 'no kubectl in the PATH: the pages whose commands need one were not run (make pages)'; fi

.PHONY: bench-operator
bench-operator: install ## CLUSTERS=500 StorageClusters under one operator, on the model of Kubernetes; writes docs/reports/bench-operator.md (outside CI)
	@mkdir -p node_modules/.cache
	@npx esbuild scripts/bench-operator.ts --bundle --platform=node --format=esm --packages=external --log-level=warning --outfile=node_modules/.cache/bench-operator.mjs
	node --expose-gc node_modules/.cache/bench-operator.mjs $(or $(CLUSTERS),500) docs/reports/bench-operator.md

.PHONY: porcupine
porcupine: install go ## both judges of histories on HISTORIES seeds from FIRST, and on what the e2e tests recorded last
	@mkdir -p node_modules/.cache
	@npx esbuild scripts/porcupine.ts --bundle --platform=node --format=esm --packages=external --log-level=warning --outfile=node_modules/.cache/porcupine.mjs
	node node_modules/.cache/porcupine.mjs $(or $(HISTORIES),1000) $(or $(FIRST),1)

e2e-up: install ## a kind cluster with 3 workers, and both builds of the image in it
	test/e2e/kind/up.sh $(CLUSTER) 3
	CLUSTER=$(CLUSTER) test/e2e/kind/images.sh both

e2e-load-second-build: ## build the second build (0.2.0, the next feature level) again, and load it
	CLUSTER=$(CLUSTER) test/e2e/kind/images.sh second

# Helm brings the CRD before the first test: those of the rules then judge the one that users get, in whatever order the files run.
e2e-run: install redis go python ## the e2e tests, against the cluster of `make e2e-up` or the one that KUBECONFIG names
	$(if $(KUBECONFIG),$(if $(E2E_IMAGE_LOAD),test/e2e/kind/images.sh both))
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) helm upgrade --install quorate charts/quorate --namespace quorate-system --create-namespace --wait --timeout 3m >/dev/null
	@# An image that was loaded again under its old name reaches the operator only by a restart.
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) kubectl --namespace quorate-system rollout restart deployment/quorate >/dev/null
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) kubectl --namespace quorate-system rollout status deployment/quorate --timeout=3m >/dev/null
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) $(JEST) --selectProjects $(E2E_TIER) --runInBand $(call report,$(E2E_TIER))
	$(if $(KUBECONFIG),,$(golden_coverage))

# Our clusters keep an audit log: what it tells of operator, kubectl, plugin and Helm must be covered by the calls of test/golden.
define golden_coverage
@mkdir -p node_modules/.cache
@npx esbuild scripts/golden-coverage.ts --bundle --platform=node --format=esm --packages=external --log-level=warning --outfile=node_modules/.cache/golden-coverage.mjs
docker exec $(CLUSTER)-control-plane cat /var/log/kubernetes/audit.log | TIER=$(E2E_TIER) node node_modules/.cache/golden-coverage.mjs
endef

e2e-record: ## `make e2e`, and writes down what the API server answered to the calls of test/golden and what was asked of it
	GOLDEN=record $(MAKE) --no-print-directory e2e

endurance: e2e-up ## long counts on kind under load (about an hour): rolls, leader kills, node kills, scale cycles; writes docs/reports/endurance.md
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) ENDURANCE_REPORT=docs/reports/endurance.md $(JEST) --selectProjects endurance --runInBand

e2e-down: ## remove the kind cluster
	test/e2e/kind/down.sh $(CLUSTER)

ifdef KUBECONFIG
e2e: e2e-run
else
e2e: install ## bring up kind, run the e2e tests, remove the cluster; with KUBECONFIG set, only run them there
	@trap '$(MAKE) --no-print-directory e2e-down' EXIT; \
	FRESH=yes $(MAKE) --no-print-directory e2e-up && $(MAKE) --no-print-directory e2e-run
endif

e2e-features: ## the e2e tests of single features, which take longer and are no part of CI, on a kind cluster of their own or with KUBECONFIG; writes docs/reports/e2e-features.md
	@mkdir -p $(features_reports)
	@status=0; $(MAKE) --no-print-directory e2e E2E_TIER=e2e-features REPORTS=$(features_reports) || status=$$?; \
	node scripts/features-report.mjs $(features_reports)/e2e-features.json; exit $$status

run: build ## Kubernetes in one process, the operator, three members and a live view (no Docker, no root; ARGS=--help tells more)
	node dist/quorate.cjs dev $(ARGS)

.PHONY: bench-run
bench-run: ## a fresh clone and `make run` in it, timed until Ready and through a session; writes docs/reports/fresh-run.md (outside CI)
	node scripts/fresh-run.mjs

run-kind: install ## the same on a kind cluster, from nothing: what to try next is printed
	test/e2e/kind/up.sh $(CLUSTER) 3
	CLUSTER=$(CLUSTER) test/e2e/kind/images.sh first
	KUBECONFIG=$(E2E_KUBECONFIG) PATH=$(E2E_PATH) scripts/session.sh

check: test e2e ## what CI runs

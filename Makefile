# Everything runs without a question. `make help` lists what there is.

SWIFT ?= swift
ARGS ?=
RELEASE := .build/release
DEBUG := .build/debug
# The program holds the runtime of Swift where the toolchain has one to give: it runs where no Swift is (docs/decisions/0033).
STATIC = $(shell test -e "$$($(SWIFT)c -print-target-info -static-stdlib 2>/dev/null | sed -n 's/.*"runtimeResourcePath": *"\(.*\)".*/\1/p')/linux/libswiftCore.a" && echo --static-swift-stdlib)
# Tests of sockets and deadlines run by themselves: tests that compute would hold the threads that they wait for.
CLOCKED := ^(FHIRAccessTests|ServiceTests|TrustTests|AuditLogTests)\.

.DEFAULT_GOAL := help
.PHONY: help setup build knowledge serve test benchmarks bench clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing: libsqlite3-dev, libyaml-dev, pkg-config
	@scripts/setup

build: setup ## Build the program, optimized
	$(SWIFT) build -c release $(STATIC) --product vigil

knowledge: build ## Build the knowledge file, if the tables are newer
	@scripts/knowledge $(RELEASE)/vigil

serve: knowledge ## Build everything and answer on 127.0.0.1:8080; options: make serve ARGS="--port 9000"
	@exec $(RELEASE)/vigil serve $(ARGS)

test: setup ## Run every test: the house, the rooms, the rules
	$(SWIFT) build --build-tests
	@scripts/knowledge $(DEBUG)/vigil
	$(SWIFT) test --skip-build --skip '$(CLOCKED)'
	$(SWIFT) test --skip-build --filter '$(CLOCKED)'
	$(DEBUG)/vigil check Rules
	$(DEBUG)/vigil test --gate 80 Rules

benchmarks: build
	$(SWIFT) build -c release $(STATIC) --product benchmarks

bench: knowledge benchmarks ## Measure; options: make bench ARGS="--quick"
	@$(RELEASE)/benchmarks $(ARGS)

clean: ## Remove what was built, the knowledge file included
	rm -rf .build .vigil

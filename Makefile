# CodeSight's tasks. `make help` lists them. Each target installs what it needs: system packages with apt-get where it
# can, npm packages by lock file, Go tools into the cache below. Nothing is installed into the checkout but node_modules.

CACHE   ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/codesight
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT  ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)

GOLANGCI_LINT := $(CACHE)/golangci-lint-2.15.0
SQLC          := $(CACHE)/sqlc-1.31.1
TEMPL         := $(CACHE)/templ-0.3.977
EXTENSION     := extension/.output/chrome-mv3
SHELL         := /bin/bash
.SHELLFLAGS   := -eu -o pipefail -c
.DEFAULT_GOAL := help

.PHONY: help demo test run build generate lint test-go test-extension test-e2e coverage bench clean

help: ## list the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

demo: build .need-chromium e2e/node_modules/.stamp $(EXTENSION)-test ## record a purchase with a real browser and make training data of it
	cd e2e && npm run --silent demo

test: lint test-go test-extension test-e2e ## install what tests need and run all of them

run: build ## start the server for a person, on what the demo recorded or on an empty folder
	bin/codesight serve --data-dir $(or $(wildcard codesight-demo/data),codesight-data)

build: ## build bin/codesight
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/codesight ./cmd/codesight

generate: extension/node_modules/.stamp $(SQLC) $(TEMPL) ## rewrite all generated files: JSON Schema, TypeScript types, queries, pages, configuration page
	PATH="$(CACHE)/path:$$PATH" go generate ./...
	go run ./cmd/codesight config docs
	cd extension && npm run --silent generate

lint: $(GOLANGCI_LINT) extension/node_modules/.stamp e2e/node_modules/.stamp ## check Go and TypeScript at strict settings, and the built extension with the browsers' linters
	$(GOLANGCI_LINT) run ./...
	cd extension && npm run --silent check && npm run --silent lint:builds
	cd e2e && npm run --silent check

test-go: .need-gcc extension/node_modules/.stamp ## unit, property, conformance and fault tests of the server, with the race detector; and all inputs of the privacy engine without it
	go test -race ./...
	go test ./internal/redact

test-extension: extension/node_modules/.stamp ## unit tests of the extension
	cd extension && npm test --silent

test-e2e: build .need-chromium .need-tesseract e2e/node_modules/.stamp $(EXTENSION)-test ## real Chromium with the real extension against the real server
	cd e2e && npm test --silent

# The extension is built with maps to its source for this, so it is built again for whatever comes after.
coverage: export CODESIGHT_COVERAGE := $(CURDIR)/build/coverage
coverage: build .need-chromium .need-tesseract extension/node_modules/.stamp e2e/node_modules/.stamp ## which lines of the extension run in its unit tests or in a browser; minutes
	rm -rf $(CODESIGHT_COVERAGE)
	cd extension && npm run --silent coverage && npm run --silent build:test
	cd e2e && npm test --silent && npm run --silent coverage

bench: build ## measure the server on this machine; bench/README.md says how to read it
	bench/run

clean: ## remove what was built (not what was recorded)
	rm -rf bin build extension/.output extension/.wxt extension/node_modules e2e/node_modules

%/node_modules/.stamp: %/package.json %/package-lock.json
	cd $* && npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(EXTENSION)-test: extension/node_modules/.stamp FORCE
	cd extension && npm run --silent build:test

.PHONY: FORCE
FORCE:

# Programs of the system; a recipe that is always run, for no such file exists.
.need-%:
	@tools/need $*

# Tools that take minutes to build are built once, into the cache, under a name with their version.
define go-tool
	@echo "building $(1) once; it may take some minutes"
	@mkdir -p $(CACHE)/path && dir=$$(mktemp -d) && GOBIN=$$dir go install $(2) && mv $$dir/$(1) $@ && ln -sf $@ $(CACHE)/path/$(1)
endef

$(GOLANGCI_LINT):
	$(call go-tool,golangci-lint,github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0)

$(SQLC):
	$(call go-tool,sqlc,github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1)

$(TEMPL):
	$(call go-tool,templ,github.com/a-h/templ/cmd/templ@v0.3.977)

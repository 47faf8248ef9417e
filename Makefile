# How this repository is used; "make" alone lists the targets.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.NOTPARALLEL:

# Node.js and the command lines that package-lock.json pins come before the user's.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

ARC := github.com/actions/actions-runner-controller
CRDS = $$(go list -m -f '{{.Dir}}' $(ARC))/config/crd/bases/actions.summerwind.dev_{runnerdeployments,horizontalrunnerautoscalers}.yaml
BIN := bin
IMPORTS := imports
TWIN := bench/twin
LIBRARIES := github.com/aws/aws-cdk-go/awscdk/v2 github.com/cdk8s-team/cdk8s-core-go/cdk8s/v2 github.com/aws/constructs-go/constructs/v10
# A module as a user's, which uses this one.
OWN := examples/own-module
# Everything but what "cdk8s import" generated.
OURS = $$(go list ./... | grep -v /imports/)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: setup
setup: node_modules/.installed .build/modules ## Install what package-lock.json and go.mod pin (synth and test do it too)

.PHONY: synth
synth: setup ## Render the fleet to dist/
	@if [ -e $(BIN)/keyless ]; then \
		status=0; $(BIN)/keyless current synth || status=$$?; \
		case $$status in 0) exit;; 3) exit 1;; esac; \
	fi; \
	$(compile) && $(BIN)/keyless synth

.PHONY: verify
verify: $(BIN)/keyless ## Fail if dist/ is not what the fleet renders to
	@$(BIN)/keyless verify

.PHONY: check
check: verify ## Verify and prove dist/, and run the tests of your fleet (fleet/declared_test.go)
	@$(BIN)/keyless check
	@go test ./fleet

.PHONY: proof
proof: ## Build bin/keyless-proof, which checks files and needs nothing else: one file to copy
	@go build -ldflags=-s -o $(BIN)/keyless-proof ./cmd/keyless-proof

.PHONY: doctor
doctor: ## Build bin/keyless-doctor, by which keyless doctor and init read accounts and clusters
	@go build -o $(BIN)/keyless-doctor ./cmd/keyless-doctor

.PHONY: test
test: setup .build/twin ## Run every test of the project (takes some minutes)
	@go test -vet=off ./...

.PHONY: rehearse
rehearse: $(BIN)/rehearse ## Deploy, apply and use dist/ on this machine (KEEP=1: stay up)
	@$(BIN)/rehearse $(if $(KEEP),--keep)

.PHONY: test-rehearsal
test-rehearsal: bin/rehearse ## Vet the rehearsal and run its own tests (takes minutes)
	@go -C rehearsal vet ./...
	@go -C rehearsal test -timeout 30m ./...

.PHONY: bench
bench: $(BIN)/keyless .build/twin ## Race the TypeScript twin, and write docs/benchmarks.md (FRESH=1: from empty caches)
	@go run ./bench $(if $(FRESH),-fresh)

.PHONY: lint
lint: setup ## Check formatting and go.mod, and vet the code
	@unformatted=$$(find . -name '*.go' -not -path '*/node_modules/*' -not -path './.build/*' -not -path './imports/*' -exec gofmt -l {} +); \
	if [ -n "$$unformatted" ]; then echo "gofmt has changes for:" $$unformatted >&2; exit 1; fi
	@go vet $(OURS)
	@go -C $(OWN) vet ./...
	@go mod tidy -diff && go -C $(OWN) mod tidy -diff

.PHONY: judges
judges: .build/judges ## Run cfn-lint, checkov and zizmor on what is rendered (needs Python 3)
	@.ci/judges $<

.PHONY: imports
imports: .build/imports ## Generate imports/ again from the CRDs of actions-runner-controller
	@rm -rf "$(IMPORTS)"; cp -R .build/imports "$(IMPORTS)"

# Other files in bin, cdk.out and cdk8s.out stay. What the CDK wrote is in its manifest;
# what cdk8s wrote has our label.
CDK_WROTE = sed -n 's/^ *"\(file\|templateFile\|additionalMetadataFile\)": "\([^/"]*\)",*$$/\2/p' cdk.out/manifest.json
.PHONY: clean
clean: ## Remove what was built and installed here
	@rm -rf .build node_modules $(TWIN)/{lib,node_modules,src/imports,*.tgz}
	@rm -f $(BIN)/{keyless,keyless.built,keyless-proof,keyless-doctor,rehearse}
	@if [ -e cdk.out/manifest.json ]; then \
		$(CDK_WROTE) | while read -r file; do rm -f "cdk.out/$$file"; done; \
		rm -f cdk.out/{cdk.out,manifest.json,validation-report.json}; \
	fi
	@if [ -d cdk8s.out ]; then \
		{ grep -rlZ --include='*.k8s.yaml' '^    app.kubernetes.io/managed-by: keyless-runners$$' cdk8s.out || true; } | xargs -0 rm -f; \
	fi
	@for folder in $(BIN) cdk.out cdk8s.out/* cdk8s.out; do rmdir "$$folder" 2> /dev/null || true; done

# The program compares itself with the code here, which takes Go longer, and can go on with a
# command if it is current: 3 is the status if that fails.
.PHONY: $(BIN)/keyless
$(BIN)/keyless: setup
	@if $@ current 2> /dev/null; then exit; fi; $(compile)

# To compare itself, the program needs to know when it was built, and how.
define compile
if ! grep -qs '^func Declared()' fleet/*.go; then \
	echo 'fleet/declared.go declares no fleet: want a "func Declared() (Fleet, error)" in it; "git restore fleet/declared.go" brings back the committed one' >&2; exit 1; \
fi; \
if [ -t 2 ] && [ ! -e $(BIN)/keyless ]; then echo "building keyless, which takes a minute the first time ..." >&2; fi; \
began=.build/began-$$$$; trap "rm -f $$began" EXIT; \
go env GOVERSION GOFLAGS GOWORK > $$began && go build -o $(BIN)/keyless ./cmd/keyless && touch -r $$began $(BIN)/keyless && mv $$began $(BIN)/keyless.built
endef

.PHONY: $(BIN)/rehearse
$(BIN)/rehearse: setup
	$(call need,python3,Python 3.11 or newer,https://www.python.org/downloads)
	@if [ -t 2 ] && [ ! -e $@ ]; then echo "building rehearse, which takes minutes the first time ..." >&2; fi
	@mkdir -p .build && go -C rehearsal build -o $(abspath $@) . 2> .build/log || { cat .build/log >&2; exit 1; }

# Both installers say nothing if all is well, and the end of what they said if not.
node_modules/.installed: package.json package-lock.json
	$(call need,npm,Node.js with npm,https://nodejs.org/en/download)
	$(call quietly,installing Node.js and the command lines,npm ci --no-audit --no-fund)
	@touch $@

.build/modules: go.mod go.sum
	$(call need,go,Go 1.26 or newer,https://go.dev/dl)
	$(call quietly,downloading Go modules,go mod download)
	@mkdir -p $(@D) && touch $@

# What cdk8s makes of the CRDs takes it seconds, and is the same as long as all of this is.
.build/imports: Makefile node_modules/.installed .build/modules
	@work=$$(mktemp -d .build/import-XXXXXX); trap 'rm -rf "$$work"' EXIT; \
	cat $(CRDS) > "$$work/crds.yaml"; \
	echo "module keyless-runners" > "$$work/go.mod"; \
	(cd "$$work" && cdk8s import crds.yaml --language go --output imports --check-upgrade false) > "$$work/log" 2>&1 || { cat "$$work/log" >&2; exit 1; }; \
	rm -rf $@; mv "$$work/imports" $@

# The twin's libraries are the very packages that the Go modules carry.
.build/twin: $(addprefix $(TWIN)/,package.json package-lock.json tsconfig.json) $(wildcard $(TWIN)/src/*.ts) node_modules/.installed .build/modules
	$(call quietly,installing and compiling the TypeScript twin,$(build-twin))
	@touch $@

define build-twin
for module in $(LIBRARIES); do install -m 644 "$$(go list -m -f '{{.Dir}}' $$module)"/jsii/*.tgz $(TWIN); done && \
cat $(CRDS) > .build/crds.yaml && \
(cd .build && cdk8s import crds.yaml --language typescript --output ../$(TWIN)/src/imports --check-upgrade false) && \
cd $(TWIN) && npm ci --no-audit --no-fund && node_modules/.bin/tsc
endef

# Most of what is installed is never imported, so nothing is compiled ahead of its use.
.build/judges: .ci/judges.txt
	$(call need,python3,Python 3,https://www.python.org/downloads)
	$(call quietly,installing what judges the rendered files,rm -rf $@ && python3 -m venv $@ && $@/bin/pip install --quiet --no-compile --requirement $< && touch $@ || { rm -rf $@; false; })

# $(call need,COMMAND,NAME,WHERE) fails with one line where a command is missing.
define need
@command -v $(1) > /dev/null || { echo "$(1) is missing: install $(2) ($(3)) and run make again" >&2; exit 1; }
endef

# $(call quietly,WHAT,COMMAND) keeps what a command says for the case that it
# fails, and says what is being done on a terminal only. Of npm's errors the first lines
# say what is wrong, of other commands' the last.
define quietly
@if [ -t 2 ]; then echo "$(1) ..." >&2; fi; \
mkdir -p .build; ($(2)) > .build/log 2>&1 || { echo "$(1) failed: $$(grep -m 4 '^npm error' .build/log || grep -v '^$$' .build/log | tail -n 1) (all of it: .build/log)" >&2; exit 1; }
endef

# Builds with the .NET SDK and make alone; whatever else is missing is named before it is needed.

DOTNET ?= dotnet
CONFIGURATION ?= Release
ARTIFACTS := .artifacts
BINARY := $(ARTIFACTS)/publish/docker-pipcache
PLUGINS := $(or $(DOCKER_CONFIG),$(HOME)/.docker)/cli-plugins

OS := $(patsubst Darwin,osx,$(patsubst Linux,linux,$(shell uname -s)))
ARCH := $(patsubst aarch64,arm64,$(patsubst x86_64,x64,$(shell uname -m)))
RID ?= $(OS)-$(ARCH)

SOURCES = $(shell find src proto -type f) docker-cli-plugin-metadata.json

.DEFAULT_GOAL := build
.PHONY: build publish install uninstall lint unit test soak bench demo tools clean-bed clean help

## build: compile everything
build:
	$(DOTNET) build ComposePipCache.sln --nologo -v quiet

## publish: make the one file that is installed, .artifacts/publish/docker-pipcache
publish: $(BINARY)

# Linked as native code into a folder of its own; only the finished file moves, so a reader never sees half of it.
$(BINARY): $(SOURCES) Makefile
	@src/native-toolchain.sh
	$(DOTNET) publish src/ComposePipCache.Cli --nologo -v quiet -c $(CONFIGURATION) -r $(RID) -o $(ARTIFACTS)/native
	@mkdir -p $(@D)
	@cp $(ARTIFACTS)/native/docker-pipcache $@.new && mv -f $@.new $@
	@ls -l $@ | awk '{ printf "%s: %.1f MiB\n", "$@", $$5 / 1048576 }'

## install: put it where docker looks for plugins ($DOCKER_CONFIG or ~/.docker)
install: $(BINARY)
	@mkdir -p "$(PLUGINS)"
	@cp $(BINARY) "$(PLUGINS)/.docker-pipcache.new" && mv -f "$(PLUGINS)/.docker-pipcache.new" "$(PLUGINS)/docker-pipcache"
	@echo "installed $(PLUGINS)/docker-pipcache, try: docker pipcache --help"

## uninstall: take it away again; the cache stays
uninstall:
	@rm -f "$(PLUGINS)/docker-pipcache"
	@echo "removed $(PLUGINS)/docker-pipcache"

## lint: fail on anything that is not formatted as .editorconfig says
lint:
	$(DOTNET) format whitespace ComposePipCache.sln --verify-no-changes

## unit: run the tests that need neither an engine nor a network
unit:
	@tests/run quick

## demo: build and start examples/celery, on your own engine where one answers
demo:
	@examples/demo.sh tools
	@$(MAKE) --no-print-directory publish
	@examples/demo.sh

## test: run everything, on real engines that are set up for it
test: tools publish
	@tests/run all

## soak: the same at full size, for hours: see tests/README.md
soak: tools publish
	@tests/run soak

## bench: compare with compose and buildx, and add the figures to docs/benchmarks.md
bench: tools publish
	@tests/bed/bed up
	$(DOTNET) build tests/ComposePipCache.Benchmarks --nologo -v quiet -c Release
	$(ARTIFACTS)/bin/ComposePipCache.Benchmarks/release/ComposePipCache.Benchmarks

# One question for all the system packages that are missing, before anything takes time.
tools:
	@tests/bed/bed apt gcc zlib1g-dev

## clean-bed: stop the test bed and remove it
clean-bed:
	@tests/bed/bed clean

help:
	@sed -n 's/^## //p' Makefile

clean:
	rm -rf $(ARTIFACTS)

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
.PHONY: build publish install uninstall lint unit clean

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
	$(DOTNET) run --project tests/ComposePipCache.Tests

clean:
	rm -rf $(ARTIFACTS)

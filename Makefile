# Shenbao: GNU make.  `make` builds build/shenbao; `make help` lists the rest.
#
# One idea holds this file together: everything made lies under $(BUILD), so
# that the same rules give the plain build, the sanitized one (build-asan) and
# the fuzzers (build-fuzz) by setting BUILD and SANITIZE alone.  Makefile.local,
# if there is one, may set either, or CFLAGS.

-include Makefile.local

BUILD    ?= build
SANITIZE ?=
PREFIX   ?= /usr/local
VERSION  := 0.1.0
CFLAGS   ?= -O2 -g
AWK      ?= awk

PKGS := libxml-2.0 libxslt libexslt pangocairo pangoft2 cairo fontconfig \
        freetype2 harfbuzz libpng libjpeg

# pkg-config is asked when the first object is compiled, not when this file is
# read: `make deps` must run on a machine that has no pkg-config yet.
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) | \
             sed 's/-I/-isystem /g'))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(shell pkg-config --libs $(PKGS)))$(PKG_LIBS)

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
        -Wpointer-arith -Wvla -Wformat=2 -Werror=implicit \
        -Werror=incompatible-pointer-types -Werror=int-conversion \
        -Werror=return-type
COMPILE = $(CC) -std=c17 $(CFLAGS) $(WARN) -fno-plt -fstack-protector-strong \
          -D_DEFAULT_SOURCE -D_XOPEN_SOURCE=700 \
          -DSHENBAO_VERSION='"$(VERSION)"' -DSHENBAO_PREFIX='"$(PREFIX)"' \
          -Isrc $(PKG_CFLAGS) $(SANITIZE)
LINK    = $(CC) $(CFLAGS) $(SANITIZE) -Wl,-O1 -Wl,--as-needed $(LDFLAGS)

SRC  := $(sort $(wildcard src/*/*.c))
OBJ  := $(SRC:src/%.c=$(BUILD)/obj/%.o)
MAIN := $(BUILD)/obj/cli/main.o
LIB  := $(BUILD)/libshenbao.a
BIN  := $(BUILD)/shenbao
UNIT := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/*.c))

REPLAY := $(patsubst tests/fuzz/%.c,$(BUILD)/replay/%,$(wildcard tests/fuzz/*.c))

# `make V=1` shows the commands in full.
QUIET = $(if $(V),,@echo "  $(1) $(2)";)

all: $(BIN)

$(BIN): $(MAIN) $(LIB)
	$(call QUIET,LD,$@)$(LINK) -o $@ $(MAIN) $(LIB) $(PKG_LIBS) -lm

# The list of objects is a file too, so that a deleted source leaves the
# archive; it is rewritten only when it changes.
$(LIB): $(filter-out $(MAIN),$(OBJ)) $(BUILD)/objects
	@rm -f $@
	$(call QUIET,AR,$@)ar rcs $@ $(filter-out $(MAIN),$(OBJ))

$(BUILD)/objects: FORCE
	@mkdir -p $(@D); echo '$(OBJ)' | cmp -s - $@ || echo '$(OBJ)' > $@

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	$(call QUIET,CC,$<)$(COMPILE) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(call QUIET,CC,$<)$(COMPILE) -MMD -MP -Itests/unit -o $@ $< $(LIB) $(LDFLAGS) $(PKG_LIBS) -lm

$(BUILD)/replay/%: tests/fuzz/%.c tests/fuzz/replay/replay.c $(LIB)
	@mkdir -p $(@D)
	$(call QUIET,CC,$<)$(COMPILE) -o $@ $(filter %.c,$^) $(LIB) $(LDFLAGS) \
	  $(PKG_LIBS) -lm

-include $(OBJ:.o=.d) $(UNIT:=.d)

# --- what the machine needs -------------------------------------------------

deps:
	@sh contrib/apt-deps.sh build fonts test

fonts:
	@if [ -f fonts/install.sh ]; then sh fonts/install.sh; fi

# --- running it -------------------------------------------------------------

# Each sample is rendered by its own kind: FO by the formatter alone.
demo: deps fonts
	@$(MAKE) --no-print-directory all
	@BIN=$(BIN) OUT=$(BUILD)/demo sh contrib/demo.sh

# `make test T=layout/table` runs the cases below that folder only.
test: deps fonts
	@$(MAKE) --no-print-directory check

check: all deps-check
	@$(MAKE) --no-print-directory -k unit || true
	@BUILD=$(BUILD) CC="$(CC)" tests/run $(T)

unit: $(UNIT) $(REPLAY)

update: all
	@BUILD=$(BUILD) tests/run --update $(T)

deps-check:
	@CC="$(COMPILE)" sh tests/deps-check.sh

asan:
	@LEAKS=1 $(MAKE) --no-print-directory check BUILD=build-asan \
	  CFLAGS="-O1 -g -fno-omit-frame-pointer" \
	  SANITIZE="-fsanitize=address,undefined -fno-sanitize-recover=undefined"

cover:
	@$(MAKE) --no-print-directory check BUILD=build-cover \
	  CFLAGS="-O0 -g --coverage" || true
	@BUILD=build-cover sh contrib/cover.sh

valgrind: all
	@BUILD=$(BUILD) WRAP="valgrind -q --error-exitcode=99" tests/run $(T)

fuzz:
	@sh contrib/apt-deps.sh build fuzz
	@tests/fuzz/run.sh

bench: all
	@BUILD=$(BUILD) sh tests/bench/run.sh

bench-instructions: all
	@BUILD=$(BUILD) sh tests/bench/instructions.sh

# FOP is a checkout of Apache FOP's repository; nothing of it is kept here.
peer: all
	@BUILD=$(BUILD) tests/peer/run $(FOP)

peer-update: all
	@BUILD=$(BUILD) tests/peer/run --update $(FOP)

# --- caring for the sources -------------------------------------------------

C_FILES := $(wildcard src/*/*.c tests/*/*.c)

lint:
	@sh contrib/lint.sh "$(COMPILE)"

format:
	clang-format -i $(C_FILES)

# --- giving it away ---------------------------------------------------------

man: $(BUILD)/man/shenbao.1 $(BUILD)/man/shenbao-fo.5

# The options are what the program itself prints.
$(BUILD)/man/shenbao.1: man/shenbao.1.in $(BIN)
	@mkdir -p $(@D)
	$(BIN) help --man > $@.commands
	sed -e '/^@COMMANDS@$$/{r $@.commands' -e 'd}' \
	  -e 's/@VERSION@/shenbao $(VERSION)/' $< > $@
	@rm -f $@.commands

TABLES = src/fo/fo_objects.def src/fo/fo_props.def src/fo/fo_short.def
$(BUILD)/man/shenbao-fo.5: man/shenbao-fo.awk $(TABLES) man/shenbao-fo.5.in
	@mkdir -p $(@D)
	$(AWK) -v version=$(VERSION) -f man/shenbao-fo.awk $(TABLES) \
	  man/shenbao-fo.5.in > $@

DATA = $(wildcard templates xsd samples fonts)

install: all man
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/shenbao \
	  $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5
	install -m 755 $(BIN) $(DESTDIR)$(PREFIX)/bin/shenbao
	install -m 644 $(BUILD)/man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 644 $(BUILD)/man/*.5 $(DESTDIR)$(PREFIX)/share/man/man5/
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	$(BIN) help --completion \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/shenbao
	@for d in $(DATA); do \
	  cp -R "$$d" $(DESTDIR)$(PREFIX)/share/shenbao/ || exit 1; done

dist:
	@mkdir -p $(BUILD)
	git archive --prefix=shenbao-$(VERSION)/ HEAD | gzip -n \
	  > $(BUILD)/shenbao-$(VERSION).tar.gz
	@echo $(BUILD)/shenbao-$(VERSION).tar.gz

distcheck: dist
	rm -rf $(BUILD)/distcheck && mkdir -p $(BUILD)/distcheck
	tar -xzf $(BUILD)/shenbao-$(VERSION).tar.gz -C $(BUILD)/distcheck
	$(MAKE) -C $(BUILD)/distcheck/shenbao-$(VERSION) BUILD=build check
	$(MAKE) -C $(BUILD)/distcheck/shenbao-$(VERSION) BUILD=build install \
	  DESTDIR=$(CURDIR)/$(BUILD)/distcheck/root
	rm -rf $(BUILD)/distcheck

clean:
	rm -rf build build-asan build-cover build-fuzz

help:
	@echo 'all deps fonts demo test [T=part] update deps-check asan valgrind cover'
	@echo 'fuzz [FUZZ_SECONDS=60] bench bench-instructions lint format'
	@echo 'peer FOP=dir, peer-update FOP=dir'
	@echo 'man install [DESTDIR= PREFIX=] dist distcheck clean'

FORCE:

.PHONY: all deps fonts demo test check unit update deps-check asan cover \
        valgrind fuzz bench bench-instructions peer peer-update lint format man \
        install dist distcheck clean help FORCE
.DELETE_ON_ERROR:

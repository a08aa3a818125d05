# SPDX-License-Identifier: GPL-3.0-or-later
# envgap: `make help` lists what there is to make.
#
# Objects go to build/$(VARIANT)/; the source tree stays clean.  Sources are found by wildcard: a
# new file in a room needs no line here.

prefix      ?= /usr/local
exec_prefix ?= $(prefix)
bindir      ?= $(exec_prefix)/bin
sbindir     ?= $(exec_prefix)/sbin
libexecdir  ?= $(exec_prefix)/libexec
datarootdir ?= $(prefix)/share
datadir     ?= $(datarootdir)
mandir      ?= $(datarootdir)/man
docdir      ?= $(datarootdir)/doc/envgap
sysconfdir  ?= /etc
localstatedir ?= /var
runstatedir ?= /run
unitdir     ?= $(prefix)/lib/systemd/system
sysusersdir ?= $(prefix)/lib/sysusers.d
tmpfilesdir ?= $(prefix)/lib/tmpfiles.d
INSTALL         ?= install
INSTALL_PROGRAM ?= $(INSTALL) -m 0755
INSTALL_DATA    ?= $(INSTALL) -m 0644
PKG_CONFIG  ?= pkg-config

VARIANT ?= release
BUILD   ?= build
OUT     := $(BUILD)/$(VARIANT)
ifeq ($(origin CC),default)
  CC := gcc
endif
# As many jobs as there are processors, unless -j says otherwise.
JOBS    ?= $(shell nproc)
ifeq ($(MAKELEVEL),0)
  MAKEFLAGS += -j$(JOBS)
endif

# -- flags: ours are in our own variables, so that CFLAGS stays the packager's
STD      := -std=gnu17 -D_GNU_SOURCE -Ilib -I. -I$(OUT)
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wundef \
            -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wwrite-strings -Wcast-qual -Wpointer-arith -Wimplicit-fallthrough \
            -Wswitch-enum -Wnull-dereference -Wdouble-promotion
# Not every compiler knows these: see the probe below.
PROBED   := -fstack-clash-protection -fcf-protection=full -fstrict-flex-arrays=3 \
            -ftrivial-auto-var-init=zero
FORTIFY  := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
LDHARDEN := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed
CFLAGS   ?= -O2 -g
WERROR   ?=

ifeq ($(VARIANT),asan)
  SAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),coverage)
  SAN := --coverage -O0
else ifeq ($(VARIANT),fuzz)
  SAN := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
         -fno-omit-frame-pointer
else ifeq ($(VARIANT),fuzzfast)
  SAN := -fsanitize-coverage=inline-8bit-counters,pc-table
endif
ifneq ($(SAN),)
  FORTIFY := -U_FORTIFY_SOURCE
endif

DEPS      := sqlite3 libzstd nettle libconfig jansson gsl libutf8proc zlib libcurl libsystemd
DEPS_RRD  := librrd

# -- the probe: what this compiler and this machine know, asked once per compiler and kept
PROBE := $(BUILD)/probe/$(subst /,_,$(subst $() ,_,$(CC))).mk
WITHOUT_BUILD := deps demo clean help format format-check uninstall
ifneq ($(filter-out $(WITHOUT_BUILD),$(or $(MAKECMDGOALS),all)),)
  include $(PROBE)
endif
$(PROBE): Makefile
	@mkdir -p $(@D)
	@$(PKG_CONFIG) --print-errors --exists $(DEPS) $(DEPS_RRD) || { \
	  echo 'envgap: libraries are missing: run "make deps"' >&2; exit 1; }
	@{ printf 'HARDEN := -fPIE -fstack-protector-strong'; \
	   for flag in $(PROBED); do \
	     $(CC) -Werror $$flag -c -x c /dev/null -o /dev/null 2>/dev/null && printf ' %s' $$flag; \
	   done; \
	   printf '\nDEPCF := %s\n' "$$($(PKG_CONFIG) --cflags $(DEPS) $(DEPS_RRD))"; \
	   printf 'DEPLD := %s -lcsv -lm\n' "$$($(PKG_CONFIG) --libs $(DEPS))"; \
	   printf 'DEPLD_RRD := %s\n' "$$($(PKG_CONFIG) --libs $(DEPS_RRD))"; \
	   printf 'CMOCKA := %s\n' "$$($(PKG_CONFIG) --libs cmocka 2>/dev/null || echo -lcmocka)"; \
	 } > $@

ALL_CFLAGS  = $(STD) $(WARN) $(WERROR) $(HARDEN) $(FORTIFY) $(DEPCF) $(CFLAGS) $(SAN) $(CPPFLAGS)
ALL_LDFLAGS = $(LDHARDEN) $(SAN) $(LDFLAGS)

# -- what is made of what
LIB_SRC    := $(wildcard lib/*/*.c)
DAEMON_SRC := $(wildcard daemon/*.c)
RRD_SRC    := $(wildcard daemon/rrd/*.c)
TOOL_SRC   := $(wildcard tools/*.c)
FAKE_SRC   := $(wildcard tests/fakes/*.c)
HTTP_SRC   := $(wildcard tests/fakes/http/*.c)
UNIT_SRC   := $(wildcard tests/unit/test_*.c)
UNIT_HELP  := $(filter-out $(UNIT_SRC),$(wildcard tests/unit/*.c))
CASES_SRC  := $(wildcard tests/cases/*.c)
REPO_SRC   := $(wildcard tests/repo/*.c)
BENCH_SRC  := $(wildcard tests/bench/*.c)
FUZZ_SRC   := $(wildcard tests/fuzz/fuzz_*.c)
FUZZ_HELP  := $(filter-out $(FUZZ_SRC),$(wildcard tests/fuzz/*.c)) tests/unit/mapping_file.c \
              tests/unit/desk_world.c
PROD_SRC   := $(LIB_SRC) $(DAEMON_SRC) $(RRD_SRC) $(TOOL_SRC)
TEST_SRC   := $(FAKE_SRC) $(HTTP_SRC) $(UNIT_SRC) $(UNIT_HELP) $(CASES_SRC) $(REPO_SRC) $(BENCH_SRC) \
              $(wildcard tests/fuzz/*.c)
ALL_SRC    := $(PROD_SRC) $(TEST_SRC)
HEADERS    := $(wildcard lib/*/*.h daemon/*.h daemon/*/*.h tools/*.h tests/*/*.h tests/*/*/*.h)
obj         = $(1:%.c=$(OUT)/%.o)
but_main    = $(filter-out %/main.c,$(1))
UNIT       := $(UNIT_SRC:%.c=$(OUT)/%)
CASES      := $(CASES_SRC:%.c=$(OUT)/%)
FAKES      := $(FAKE_SRC:%.c=$(OUT)/%)
BENCHES    := $(BENCH_SRC:%.c=$(OUT)/%)
FUZZERS    := $(FUZZ_SRC:%.c=$(OUT)/%)
PROGRAMS   := $(if $(DAEMON_SRC),$(OUT)/envgapd) $(if $(TOOL_SRC),$(OUT)/envgap) \
              $(if $(RRD_SRC),$(OUT)/envgap-rrd)
# The words of the command in other languages.
LOCALES    := $(patsubst po/%.po,$(BUILD)/locale/%/LC_MESSAGES/envgap.mo,$(wildcard po/*.po))
# The parts of the programs without their main(), so that tests can reach them.
PARTS      := $(OUT)/daemon.a $(OUT)/rrd.a $(OUT)/tools.a $(OUT)/helpers.a

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all deps demo check check-unit check-cases check-e2e check-feeds check-assess check-repo \
        check-root kill tests-built asan coverage lint format format-check bench \
        bench-instructions install uninstall \
        clean help FORCE

all: $(PROGRAMS) $(LOCALES) ## build the programs into build/release

archive = @rm -f $@; $(AR) rcs $@ $(filter %.o,$^)
link    = $(CC) $(ALL_LDFLAGS) $(EXTRA_LDFLAGS) -o $@ $(filter %.o %.a,$^)

$(OUT)/libenvgap.a: $(call obj,$(LIB_SRC)) $(OUT)/.link
	$(archive)
$(OUT)/daemon.a: $(call obj,$(call but_main,$(DAEMON_SRC))) $(OUT)/.link
	$(archive)
$(OUT)/rrd.a: $(call obj,$(call but_main,$(RRD_SRC))) $(OUT)/.link
	$(archive)
$(OUT)/tools.a: $(call obj,$(call but_main,$(TOOL_SRC))) $(OUT)/.link
	$(archive)
$(OUT)/helpers.a: $(call obj,$(UNIT_HELP)) $(OUT)/.link
	$(archive)
$(OUT)/envgapd: $(call obj,$(DAEMON_SRC)) $(OUT)/libenvgap.a $(OUT)/.link
	$(link) $(DEPLD)
$(OUT)/envgap: $(call obj,$(TOOL_SRC)) $(OUT)/libenvgap.a $(OUT)/.link
	$(link) $(DEPLD)
$(OUT)/envgap-rrd: $(call obj,$(RRD_SRC)) $(OUT)/libenvgap.a $(OUT)/.link
	$(link) $(DEPLD) $(DEPLD_RRD)
$(OUT)/tests/fakes/fakehttp: $(call obj,$(HTTP_SRC))
$(OUT)/tests/fuzz/%: $(OUT)/tests/fuzz/%.o $(call obj,$(FUZZ_HELP)) $(OUT)/libenvgap.a $(OUT)/.link
	$(link) -fsanitize=fuzzer $(DEPLD) $(CMOCKA)
$(OUT)/tests/%: $(OUT)/tests/%.o $(PARTS) $(OUT)/libenvgap.a $(OUT)/.link
	$(link) $(DEPLD) $(DEPLD_RRD) $(if $(filter tests/fakes/%,tests/$*),,$(CMOCKA))

$(BUILD)/locale/%/LC_MESSAGES/envgap.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

# Tests that make the n-th allocation fail see every allocation of ours.
$(OUT)/tests/unit/test_torture%: EXTRA_LDFLAGS = \
  -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=strdup,--wrap=strndup

# Rebuild when the flags or the list of sources change, not only when a source does.
COMPILE_LINE := $(CC) $(ALL_CFLAGS)
LINK_LINE    := $(CC) $(ALL_LDFLAGS) $(DEPLD) $(DEPLD_RRD) $(CMOCKA) $(ALL_SRC)
keep_if_same  = @mkdir -p $(@D); printf '%s\n' '$(1)' | cmp -s - $@ || printf '%s\n' '$(1)' > $@
$(OUT)/%.o: %.c $(OUT)/.compile | $(OUT)/generated/paths.h
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(OUT)/.compile: FORCE
	$(call keep_if_same,$(COMPILE_LINE))
$(OUT)/.link: FORCE
	$(call keep_if_same,$(LINK_LINE))
FORCE:
-include $(ALL_SRC:%.c=$(OUT)/%.d)

# Where things are once installed: only the files that include it are rebuilt for another prefix.
$(OUT)/generated/paths.h: FORCE
	@mkdir -p $(@D)
	@{ echo '/* SPDX-License-Identifier: GPL-3.0-or-later */'; echo '#pragma once'; \
	   echo '/* Made by the Makefile: where things are once installed. */'; \
	   echo '#define PATH_CONFIG "$(sysconfdir)/envgap/envgap.conf"'; \
	   echo '#define PATH_STATE "$(localstatedir)/lib/envgap"'; \
	   echo '#define PATH_CONTROL "$(runstatedir)/envgap/control"'; \
	   echo '#define PATH_DAEMON "$(sbindir)/envgapd"'; \
	   echo '#define PATH_LIBEXEC "$(libexecdir)/envgap"'; \
	   echo '#define PATH_DATA "$(datadir)/envgap"'; \
	   echo '#define PATH_LOCALE "$(datarootdir)/locale"'; \
	 } > $@.new; cmp -s $@.new $@ && rm $@.new || mv $@.new $@

# -- dependencies and demo
deps: ## install the Debian packages that are missing, or name them
	@.ci/deps $(SECTIONS)
demo: ## install what is missing, build, and show what envgap does
	@.ci/deps
	@$(MAKE) --no-print-directory all $(OUT)/tests/fakes/fakehttp
	@conf/demo/run $(OUT) $(BUILD)/demo

# -- tests: tests/README.md says what a test prints and how they are counted
RUN       := OUT='$(OUT)' BUILD='$(BUILD)' CC='$(CC)' MAKE='$(MAKE)' tests/run
E2E       := $(wildcard tests/e2e/*.sh)
E2E_ROOT  := $(filter tests/e2e/root-%,$(E2E))
E2E_USER  := $(filter-out $(E2E_ROOT),$(E2E))
REPO      := $(shell sed -e '/^#/d;s|^[^ ].*|tests/repo/&.sh|' tests/repo/checks.txt)
RUN_FUZZ  := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=tests/fuzz/run:%)
RUN_CASES := $(foreach c,$(filter-out %/truth,$(CASES)),$(c):tests/$(notdir $(c)))
# `make check` names the tests that need root.  .ci/run sets this empty, because it runs them next.
NAME_ROOT_TESTS ?= yes

# libFuzzer comes with clang; without it `make check` says that the fuzzers did not run.
FUZZ_VARIANT ?= fuzz
.PHONY: fuzzers fuzz-built check-fuzz fuzz
fuzzers: $(FUZZERS)
fuzz-built:
	@! command -v clang >/dev/null || $(MAKE) --no-print-directory CC=clang VARIANT=$(FUZZ_VARIANT) fuzzers
check-fuzz: fuzz-built ## run each fuzzer for ten seconds
	@$(RUN) $(RUN_FUZZ)
fuzz: fuzz-built ## give each fuzzer FUZZ_RUNS inputs (20000000; FUZZ=NAMES: those alone)
	@BUILD='$(BUILD)' FUZZ_VARIANT='$(FUZZ_VARIANT)' tests/fuzz/long $(FUZZ)
tests-built: $(OUT)/libenvgap.a $(UNIT) $(CASES) $(REPO_SRC:%.c=$(OUT)/%) $(FAKES) $(PROGRAMS) \
             $(LOCALES)
check: tests-built fuzz-built ## run every test that needs no network and no root
	@$(RUN) $(if $(NAME_ROOT_TESTS),$(E2E_ROOT:%=-r %)) $(REPO) $(UNIT) $(RUN_CASES) $(E2E_USER) \
	  $(RUN_FUZZ)
check-unit: tests-built
	@$(RUN) $(UNIT)
check-cases: tests-built
	@$(RUN) $(RUN_CASES)
check-e2e: tests-built
	@$(RUN) $(E2E_USER)
check-repo: tests-built
	@$(RUN) $(REPO)
check-feeds: $(OUT)/tests/cases/feeds $(OUT)/tests/cases/truth ## run the feed cases alone (VECTORS=DIR: those of DIR; FEEDS=DIR: real documents, too)
	@$(RUN) $<:$(or $(VECTORS),tests/feeds) $(if $(FEEDS),$(OUT)/tests/cases/truth:$(FEEDS))
check-assess: $(OUT)/tests/cases/assess ## run the assessment cases alone (VECTORS=DIR: those of DIR)
	@NOTES=yes $(RUN) $<:$(or $(VECTORS),tests/assess)
check-root: tests-built ## run the tests that need root
	@[ "$$(id -u)" = 0 ] || { echo 'envgap: make check-root: run it as root' >&2; exit 1; }
	@$(RUN) -j 1 $(E2E_ROOT)
KILLS ?= 500
kill: tests-built ## kill envgapd KILLS times at random moments, and at every write of a poll
	@home=$$(mktemp -d) && trap 'rm -rf "$$home"' EXIT && bad=0; \
	for test in tests/e2e/kill.sh tests/e2e/kill-steps; do \
	  rm -rf "$$home"/*; env OUT='$(abspath $(OUT))' TMPDIR="$$home" HOME="$$home" KILLS='$(KILLS)' \
	    LC_ALL=C.UTF-8 TZ=UTC $$test || bad=1; done; exit $$bad
# Graphs leak in fontconfig and pango, not in us: tests/lsan.supp names them.
# clang's sanitizers see more than gcc's: adding nothing to NULL, for one.
asan: ## run unit and case tests under the address and undefined-behaviour sanitizers
	@$(MAKE) --no-print-directory VARIANT=asan \
	  CC="$$(command -v clang >/dev/null && echo clang || echo '$(CC)')" check-unit-and-cases
.PHONY: check-unit-and-cases
check-unit-and-cases: tests-built
	@$(RUN) $(UNIT) $(RUN_CASES)
coverage: ## say which share of the lines of each room the tests reach
	@rm -rf $(BUILD)/coverage-info && find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	@$(MAKE) --no-print-directory VARIANT=coverage check-for-coverage
	@tests/coverage $(BUILD)/coverage $(BUILD)/coverage-info
.PHONY: check-for-coverage
check-for-coverage: tests-built
	@$(RUN) $(UNIT) $(RUN_CASES) $(E2E_USER)
bench: all $(BENCHES) ## measure speed and size beside the peers
	@OUT=$(OUT) tests/bench/run $(FEEDS) $(ONLY)
bench-instructions: all $(BENCHES) ## count the instructions of the hot paths; a fifth more fails
	@OUT=$(OUT) tests/bench/instructions.sh

# -- the reviewer that never tires
lint: $(OUT)/generated/paths.h ## clang-format, clang-tidy and cppcheck; every finding is an error
	@bad=0; $(MAKE) -s --no-print-directory format-check || bad=1; \
	 tests/repo/lint $(JOBS) $(STD) $(WARN) $(DEPCF) -- $(ALL_SRC) || bad=1; exit $$bad
format: ## put every source file into the house format
	@echo '$(ALL_SRC) $(HEADERS)' | tr ' ' '\n' | grep . | xargs clang-format -i
format-check:
	@echo '$(ALL_SRC) $(HEADERS)' | tr ' ' '\n' | grep . | xargs clang-format --dry-run -Werror

# -- install: one list, from:to:mode, so that uninstall removes what install has made
find_files    = $(sort $(shell find $(1) -type f $(2) 2>/dev/null))
UNITS        := $(patsubst systemd/%.in,%,$(wildcard systemd/*.service.in systemd/*.socket.in))
UNITS_OUT    := $(UNITS:%=$(OUT)/systemd/%)
INSTALL_LIST  = \
  $(foreach p,$(filter %/envgap,$(PROGRAMS)),$(p):$(bindir)/$(notdir $(p)):0755) \
  $(foreach p,$(filter %/envgapd,$(PROGRAMS)),$(p):$(sbindir)/$(notdir $(p)):0755) \
  $(foreach p,$(filter %/envgap-rrd,$(PROGRAMS)),$(p):$(libexecdir)/envgap/$(notdir $(p)):0755) \
  $(foreach l,$(LOCALES),$(l):$(datarootdir)/$(l:$(BUILD)/%=%):0644) \
  $(foreach m,$(wildcard man/*.[1-8]),$(m):$(mandir)/man$(subst .,,$(suffix $(m)))/$(notdir $(m)):0644) \
  $(foreach u,$(UNITS_OUT),$(u):$(unitdir)/$(notdir $(u)):0644) \
  $(foreach u,$(wildcard systemd/*.sysusers),$(u):$(sysusersdir)/$(notdir $(u:%.sysusers=%.conf)):0644) \
  $(foreach u,$(wildcard systemd/*.tmpfiles),$(u):$(tmpfilesdir)/$(notdir $(u:%.tmpfiles=%.conf)):0644) \
  $(foreach c,$(call find_files,conf/catalogue),$(c):$(datadir)/envgap/$(c:conf/%=%):0644) \
  $(foreach d,$(wildcard README.md NEWS.md),$(d):$(docdir)/$(d):0644)
# Configuration belongs to the administrator: it is never overwritten, and removed only unchanged.
CONF_LIST     = $(foreach c,$(wildcard conf/*.conf conf/feeds.d/*.conf conf/feeds.d/catalogue/*.csv),$(c):$(sysconfdir)/envgap/$(c:conf/%=%):0644)
each          = @set -e; for entry in $(1); do IFS=:; set -- $$entry; unset IFS; to='$(DESTDIR)'$$2; $(2); done

$(OUT)/systemd/%: systemd/%.in FORCE
	@mkdir -p $(@D)
	@sed -e 's|@bindir@|$(bindir)|g' -e 's|@sbindir@|$(sbindir)|g' \
	     -e 's|@sysconfdir@|$(sysconfdir)|g' $< > $@.new; \
	 cmp -s $@.new $@ && rm $@.new || mv $@.new $@
install: all $(UNITS_OUT) ## install below $(DESTDIR)$(prefix)
	$(call each,$(INSTALL_LIST),mkdir -p "$${to%/*}"; \
	  if [ "$$3" = 0755 ]; then $(INSTALL_PROGRAM) "$$1" "$$to"; else $(INSTALL_DATA) "$$1" "$$to"; fi)
	$(call each,$(CONF_LIST),mkdir -p "$${to%/*}"; \
	  [ -e "$$to" ] || $(INSTALL_DATA) "$$1" "$$to")
uninstall: ## remove what install has made; configuration that was changed stays
	$(call each,$(INSTALL_LIST),rm -f "$$to")
	$(call each,$(CONF_LIST),! cmp -s "$$1" "$$to" || rm -f "$$to")
	@for dir in '$(libexecdir)/envgap' '$(datadir)/envgap' '$(docdir)' '$(sysconfdir)/envgap'; do \
	  [ ! -d '$(DESTDIR)'"$$dir" ] || find '$(DESTDIR)'"$$dir" -depth -type d -empty -delete; done

clean: ## remove build/
	rm -rf $(BUILD)
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' Makefile

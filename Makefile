# envgap: `make help` lists what there is to make.
#
# Objects go to build/$(VARIANT)/; the source tree stays clean.

prefix      ?= /usr/local
bindir      ?= $(prefix)/bin
sbindir     ?= $(prefix)/sbin
libexecdir  ?= $(prefix)/libexec
mandir      ?= $(prefix)/share/man
datadir     ?= $(prefix)/share
sysconfdir  ?= /etc
unitdir     ?= $(prefix)/lib/systemd/system
sysusersdir ?= $(prefix)/lib/sysusers.d
tmpfilesdir ?= $(prefix)/lib/tmpfiles.d
INSTALL     ?= install
PKG_CONFIG  ?= pkg-config

VARIANT ?= release
BUILD   ?= build
OUT     := $(BUILD)/$(VARIANT)
ifeq ($(origin CC),default)
  CC := gcc
endif

# $(call cc_has,FLAG...): those of the flags that this compiler knows
cc_has = $(foreach f,$(1),$(shell $(CC) -Werror $(f) -c -x c /dev/null -o /dev/null 2>/dev/null && echo $(f)))

# -- flags: ours are in our own variables, so that CFLAGS stays the packager's
STD      := -std=gnu17 -D_GNU_SOURCE -Ilib -I.
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wvla -Wundef \
            -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
            -Wwrite-strings -Wcast-qual -Wpointer-arith -Wimplicit-fallthrough \
            -Wswitch-enum -Wnull-dereference -Wdouble-promotion
HARDEN   := -fPIE -fstack-protector-strong $(call cc_has,-fstack-clash-protection \
            -fcf-protection=full -fstrict-flex-arrays=3 -ftrivial-auto-var-init=zero)
FORTIFY  := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
LDHARDEN := -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed
CFLAGS   ?= -O2 -g
WERROR   ?=

ifeq ($(VARIANT),asan)
  SAN := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
else ifeq ($(VARIANT),coverage)
  SAN := --coverage -O0
endif
ifneq ($(SAN),)
  FORTIFY := -U_FORTIFY_SOURCE
endif

DEPS      := sqlite3 libzstd nettle libconfig jansson gsl libutf8proc zlib libcurl libsystemd
DEPS_RRD  := librrd
DEPCF     := $(shell $(PKG_CONFIG) --cflags $(DEPS) $(DEPS_RRD) 2>/dev/null)
DEPLD     := $(shell $(PKG_CONFIG) --libs $(DEPS) 2>/dev/null) -lcsv -lm
DEPLD_RRD := $(shell $(PKG_CONFIG) --libs $(DEPS_RRD) 2>/dev/null)
CMOCKA    := $(shell $(PKG_CONFIG) --libs cmocka 2>/dev/null)
ALL_CFLAGS  = $(STD) $(WARN) $(WERROR) $(HARDEN) $(FORTIFY) $(DEPCF) $(CFLAGS) $(SAN) $(CPPFLAGS)
ALL_LDFLAGS = $(LDHARDEN) $(SAN) $(LDFLAGS)

# -- what is made of what
LIB_SRC    := $(wildcard lib/*/*.c)
DAEMON_SRC := $(wildcard daemon/*.c)
RRD_SRC    := $(wildcard daemon/rrd/*.c)
TOOL_SRC   := $(wildcard tools/*.c)
FAKE_SRC   := $(wildcard tests/fakes/*.c)
UNIT_SRC   := $(wildcard tests/unit/test_*.c)
ALL_SRC    := $(LIB_SRC) $(DAEMON_SRC) $(RRD_SRC) $(TOOL_SRC) $(FAKE_SRC) $(UNIT_SRC)
obj         = $(1:%.c=$(OUT)/%.o)
UNIT       := $(UNIT_SRC:%.c=$(OUT)/%)
FAKES      := $(FAKE_SRC:%.c=$(OUT)/%)
PROGRAMS   := $(if $(DAEMON_SRC),$(OUT)/envgapd) $(if $(TOOL_SRC),$(OUT)/envgap) $(if $(RRD_SRC),$(OUT)/envgap-rrd)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all check check-unit help clean FORCE

all: $(PROGRAMS) ## build the programs into build/release

$(OUT)/libenvgap.a: $(call obj,$(LIB_SRC))
	@rm -f $@
	$(AR) rcs $@ $^
$(OUT)/envgapd: $(call obj,$(DAEMON_SRC)) $(OUT)/libenvgap.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(DEPLD)
$(OUT)/envgap: $(call obj,$(TOOL_SRC)) $(OUT)/libenvgap.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(DEPLD)
$(OUT)/envgap-rrd: $(call obj,$(RRD_SRC)) $(OUT)/libenvgap.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(DEPLD) $(DEPLD_RRD)
$(OUT)/tests/fakes/%: $(OUT)/tests/fakes/%.o $(OUT)/libenvgap.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(DEPLD)
$(OUT)/tests/unit/%: $(OUT)/tests/unit/%.o $(call obj,$(filter-out daemon/main.c,$(DAEMON_SRC))) $(OUT)/libenvgap.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(DEPLD) $(CMOCKA)

# Rebuild when the flags change, not only when the sources do.
$(OUT)/%.o: %.c $(OUT)/.flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<
$(OUT)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS)' > $@
FORCE:
-include $(ALL_SRC:%.c=$(OUT)/%.d)

check: check-unit ## run every test that needs no network and no root
check-unit: $(UNIT) $(FAKES) $(PROGRAMS)
	@for test in $(UNIT); do echo "== $$test"; OUT=$(OUT) $$test || exit 1; done
clean: ## remove build/
	rm -rf $(BUILD)
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

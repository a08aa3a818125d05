/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "intake/settings.h"

static bool find_tables(const struct intake *intake, struct sha256 *ret, struct error *err)
{
	struct load catalogue;
	if (intake->tables != NULL) {
		*ret = *intake->tables;
		return true;
	}
	if (!load_last(intake->apply.ledger, LOAD_CATALOGUE, NULL, &catalogue, err))
		return false;
	*ret = catalogue.document;
	return true;
}

struct sha256 settings_section(const struct intake *intake, const struct config_feed *feed)
{
	return intake->section != NULL ? *intake->section : sha256_of(feed->section);
}

bool settings_hash(const struct intake *intake, const struct config_feed *feed, struct sha256 *ret,
		   struct error *err)
{
	struct {
		struct sha256 section, catalogue;
		uint64_t tables;
	} all = {.section = settings_section(intake, feed)};
	if (!find_tables(intake, &all.catalogue, err))
		return false;
	all.tables = feed->mapping.lookups.count > 0 ? feed->mapping.tables_hash : 0;
	*ret = sha256_of((struct span){(const char *)&all, sizeof all});
	return true;
}

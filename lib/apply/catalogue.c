/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "apply/derive.h"

#include <stdlib.h>

#include "ledger/archive.h"
#include "ledger/catalogue_mirror.h"

enum { FILES_MAX = 1000 };

static bool archive_files(const struct apply *apply, const struct apply_file *files, size_t count,
			  struct sha256 *ret, struct error *err)
{
	const char *state_dir = ledger_directory(apply->ledger);
	AUTO_FREE struct sha256 *pages = calloc(count ? count : 1, sizeof *pages);
	if (pages == NULL)
		return error_memory(err);
	for (size_t i = 0; i < count; i++) {
		if (!archive_put(state_dir, files[i].bytes, &pages[i], err))
			return error_within(err, "%s", files[i].name);
	}
	return archive_put_pages(state_dir, pages, count, ret, err);
}

static bool put_in_force(const struct apply *apply, const struct sha256 *document,
			 struct error *err)
{
	struct load load = {.kind = LOAD_CATALOGUE, .received = apply->now, .document = *document};
	if (!span_copy(span_of(apply->actor), load.actor, sizeof load.actor))
		return error_set(err, ERROR_INPUT, "the user name '%s' is too long", apply->actor);
	AUTO_CATALOGUE struct catalogue *before = NULL;
	int64_t id = 0;
	bool done = ledger_begin(apply->ledger, err) &&
		    ledger_catalogue_read(apply->ledger, &before, err) &&
		    load_add(apply->ledger, &load, &id, err) &&
		    ledger_catalogue_replace(apply->ledger, apply->catalogue, err) &&
		    derive_note_breaks(apply->ledger, before, apply->catalogue, id, err) &&
		    ledger_commit(apply->ledger, err);
	if (!done)
		ledger_rollback(apply->ledger);
	return done;
}

bool apply_catalogue(const struct apply *apply, const struct apply_file *files, size_t count,
		     struct catalogue **ret_before, bool *ret_changed, struct error *err)
{
	AUTO(catalogue_free) struct catalogue *before = NULL;
	struct sha256 document;
	struct load last;
	if (count > FILES_MAX)
		return error_set(err, ERROR_LIMIT, "the catalogue has more than %d files",
				 FILES_MAX);
	if (!archive_files(apply, files, count, &document, err) ||
	    !load_last(apply->ledger, LOAD_CATALOGUE, NULL, &last, err))
		return false;
	bool changed = last.id == 0 || !sha256_equal(&last.document, &document);
	if (changed &&
	    ((ret_before != NULL && !ledger_catalogue_read(apply->ledger, &before, err)) ||
	     !put_in_force(apply, &document, err)))
		return false;
	if (changed && ret_before != NULL)
		*ret_before = ptr_take(&before);
	*ret_changed = changed;
	return true;
}

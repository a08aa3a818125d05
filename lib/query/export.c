/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query/export.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/csv_write.h"
#include "base/number.h"
#include "obs/exchange.h"
#include "obs/instant.h"

enum { PIECE_BYTES = 64 << 10, ROOM_BYTES = 4 << 20, INTEGER_BYTES = 24, DECIMALS_MAX = 15 };

struct exporting {
	const struct query *query;
	export_fn *take;
	void *self;
	struct text out;
};

/* The texts of one row, by column. */
struct cells {
	const char *texts[EXCHANGE_COLUMNS];
	char period[PERIOD_BYTES], value[NUMBER_BYTES], num[NUMBER_BYTES], den[NUMBER_BYTES];
	char seq[INTEGER_BYTES], load[INTEGER_BYTES], decimals[INTEGER_BYTES];
	char known[DAY_BYTES], received[INSTANT_BYTES];
	char document[SHA256_TEXT_BYTES], mapping[SHA256_TEXT_BYTES];
};

static const char *print_integer(int64_t value, char buffer[INTEGER_BYTES])
{
	(void)snprintf(buffer, INTEGER_BYTES, "%" PRId64, value);
	return buffer;
}

/* As it was printed, unless that would lose something. */
static const char *print_value(const struct observation *obs, char buffer[NUMBER_BYTES])
{
	struct number again;
	if (obs->decimals >= 0 && obs->decimals <= DECIMALS_MAX) {
		(void)number_print_fixed(obs->value, obs->decimals, '.', buffer);
		if (number_read(span_of(buffer), &again, NULL) &&
		    number_equal(again.value, obs->value))
			return buffer;
	}
	return number_print(obs->value, buffer);
}

/* Only where whoever reads the value would not find them. */
static const char *print_decimals(const struct observation *obs, const char *value,
				  char buffer[INTEGER_BYTES])
{
	struct number again = {0};
	if (obs->has_value && !number_read(span_of(value), &again, NULL))
		again.decimals = -1;
	return again.decimals == obs->decimals ? "" : print_integer(obs->decimals, buffer);
}

static const char *print_hash(const struct sha256 *hash, char buffer[SHA256_TEXT_BYTES])
{
	return sha256_is_set(hash) ? sha256_print(hash, buffer) : "";
}

static void set_observation(const struct exporting *exporting, const struct log_row *row,
			    struct cells *cells)
{
	const struct observation *obs = &row->obs;
	const struct indicator *indicator = catalogue_indicator(exporting->query->judge.catalogue,
								span_of(row->series.indicator));
	const char **texts = cells->texts;
	texts[EXCHANGE_INDICATOR] = row->series.indicator;
	texts[EXCHANGE_BREAKDOWN] = row->series.breakdown;
	texts[EXCHANGE_AREA] = row->series.area;
	texts[EXCHANGE_PERIOD] = period_print(obs->period, cells->period);
	texts[EXCHANGE_VALUE] = obs->has_value ? print_value(obs, cells->value) : "";
	texts[EXCHANGE_UNIT] = indicator != NULL ? indicator->unit : "";
	texts[EXCHANGE_STATUS] = obs_status_code(obs->status);
	texts[EXCHANGE_SOURCE] = obs->source;
	texts[EXCHANGE_PUBLISHED] = obs->published;
	texts[EXCHANGE_NUM] = obs->has_num ? number_print(obs->num, cells->num) : "";
	texts[EXCHANGE_DEN] = obs->has_den ? number_print(obs->den, cells->den) : "";
	texts[EXCHANGE_QUALIFIER] = obs_qualifier_code(obs->qualifier);
	texts[EXCHANGE_BREAK] = obs->is_break ? "B" : "";
	texts[EXCHANGE_DECIMALS] = print_decimals(obs, texts[EXCHANGE_VALUE], cells->decimals);
}

static void set_provenance(const struct log_row *row, struct cells *cells)
{
	const struct load *load = &row->load;
	const char **texts = cells->texts;
	texts[EXCHANGE_PLACE] = row->from.locator;
	texts[EXCHANGE_RAW] = row->from.raw;
	texts[EXCHANGE_WARNING] = row->from.warning;
	texts[EXCHANGE_SEQ] = print_integer(row->obs.seq, cells->seq);
	texts[EXCHANGE_KNOWN] = day_print(row->obs.known_day, cells->known);
	texts[EXCHANGE_RECEIVED] = instant_print(load->received, cells->received);
	texts[EXCHANGE_ACTOR] = load->actor;
	texts[EXCHANGE_LOAD] = print_integer(load->id, cells->load);
	texts[EXCHANGE_LOAD_KIND] = load_kind_name(load->kind);
	texts[EXCHANGE_FEED] = load->feed;
	texts[EXCHANGE_DOCUMENT] = print_hash(&load->document, cells->document);
	texts[EXCHANGE_MAPPING] = print_hash(&load->mapping, cells->mapping);
}

static bool hand_out(struct exporting *exporting, size_t from_bytes, struct error *err)
{
	if (!text_ok(&exporting->out, "a piece of the export", err))
		return false;
	if (exporting->out.len < from_bytes)
		return true;
	if (!exporting->take(exporting->self, text_span(&exporting->out), err))
		return false;
	text_clear(&exporting->out);
	return true;
}

static bool take_row(void *self, const struct log_row *row, struct error *err)
{
	struct exporting *exporting = self;
	struct cells cells = {0};
	set_observation(exporting, row, &cells);
	set_provenance(row, &cells);
	for (int i = 0; i < EXCHANGE_COLUMNS; i++)
		csv_write_field(&exporting->out, span_of(cells.texts[i]), i == 0);
	csv_write_end(&exporting->out);
	return hand_out(exporting, PIECE_BYTES, err);
}

static void done(struct exporting *exporting)
{
	text_done(&exporting->out);
}

bool query_export(const struct query *query, export_fn *take, void *self, struct error *err)
{
	AUTO(done)
	struct exporting exporting = {
		.query = query, .take = take, .self = self, .out = text_with_limit(ROOM_BYTES)};
	for (int i = 0; i < EXCHANGE_COLUMNS; i++)
		csv_write_field(&exporting.out,
				span_of(exchange_column_name((enum exchange_column)i)), i == 0);
	csv_write_end(&exporting.out);
	return log_each(query->judge.ledger, 0, take_row, &exporting, err) &&
	       hand_out(&exporting, 0, err);
}

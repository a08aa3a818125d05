/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/zone_rule.h"

enum { HEADER_BYTES = 44, TYPE_BYTES = 6, DAY_S = 86400 };

struct zone {
	size_t count;	       /* changes of the offset that the file lists */
	int64_t *at;	       /* ascending */
	int32_t *offsets;      /* count + 1: offsets[0] holds before the first change */
	struct zone_rule rule; /* after the last change */
	bool has_rule;
};

/* The counts in a header, in the file's order, and where its data begin. */
struct block {
	size_t isut, isstd, leap, times, types, chars;
	size_t time_bytes;
	const unsigned char *data;
};

static uint32_t read_u32(const unsigned char *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static int64_t read_time(const unsigned char *at)
{
	return (int64_t)((uint64_t)read_u32(at) << 32 | read_u32(at + 4));
}

static size_t block_bytes(const struct block *block)
{
	return block->times * (block->time_bytes + 1) + block->types * TYPE_BYTES + block->chars +
	       block->leap * (block->time_bytes + 4) + block->isstd + block->isut;
}

static bool read_header(const unsigned char *at, size_t len, size_t time_bytes, struct block *ret)
{
	if (len < HEADER_BYTES || memcmp(at, "TZif", 4) != 0 || at[4] < '2')
		return false;
	*ret = (struct block){
		.isut = read_u32(at + 20),
		.isstd = read_u32(at + 24),
		.leap = read_u32(at + 28),
		.times = read_u32(at + 32),
		.types = read_u32(at + 36),
		.chars = read_u32(at + 40),
		.time_bytes = time_bytes,
		.data = at + HEADER_BYTES,
	};
	return ret->types > 0 && block_bytes(ret) <= len - HEADER_BYTES;
}

/* Copy the times and offsets of the 64-bit block. */
static bool read_changes(const struct block *block, struct zone *zone)
{
	const unsigned char *kinds = block->data + block->times * block->time_bytes;
	const unsigned char *types = kinds + block->times;
	zone->offsets[0] = (int32_t)read_u32(types);
	for (size_t i = 0; i < block->times; i++) {
		if (kinds[i] >= block->types)
			return false;
		zone->at[i] = read_time(block->data + i * block->time_bytes);
		zone->offsets[i + 1] = (int32_t)read_u32(types + kinds[i] * TYPE_BYTES);
	}
	zone->count = block->times;
	return true;
}

/* The footer is "\n", a POSIX TZ rule or nothing, "\n". */
static bool read_footer(struct span footer, struct zone *zone)
{
	if (footer.len < 2 || footer.start[0] != '\n')
		return false;
	footer = span_behind(footer, 1);
	struct span rule = span_cut(&footer, '\n');
	zone->has_rule = rule.len > 0;
	return rule.len == 0 || zone_rule_parse(rule, &zone->rule);
}

static bool read_blocks(const unsigned char *bytes, size_t len, struct block *ret)
{
	struct block old;
	if (!read_header(bytes, len, 4, &old))
		return false;
	size_t skipped = HEADER_BYTES + block_bytes(&old);
	return read_header(bytes + skipped, len - skipped, 8, ret);
}

bool zone_read(const void *bytes, size_t len, struct zone **ret, struct error *err)
{
	struct block block;
	if (!read_blocks(bytes, len, &block))
		return error_set(err, ERROR_INPUT,
				 "not a time zone file (TZif version 2 or later)");

	AUTO_ZONE struct zone *zone = calloc(1, sizeof *zone);
	if (zone == NULL)
		return error_memory(err);
	zone->at = calloc(block.times + 1, sizeof *zone->at);
	zone->offsets = calloc(block.times + 1, sizeof *zone->offsets);
	if (zone->at == NULL || zone->offsets == NULL)
		return error_memory(err);

	size_t used = (size_t)(block.data - (const unsigned char *)bytes) + block_bytes(&block);
	struct span footer = {(const char *)bytes + used, len - used};
	if (!read_changes(&block, zone) || !read_footer(footer, zone))
		return error_set(err, ERROR_INPUT, "damaged time zone file");
	*ret = ptr_take(&zone);
	return true;
}

static bool open_utc(struct zone **ret, struct error *err)
{
	struct zone *zone = calloc(1, sizeof *zone);
	if (zone == NULL)
		return error_memory(err);
	zone->has_rule = true;
	*ret = zone;
	return true;
}

static bool is_name(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789_+-/";
	size_t len = strlen(name);
	return len > 0 && len < ZONE_NAME_BYTES && strspn(name, allowed) == len && name[0] != '/' &&
	       name[len - 1] != '/' && strstr(name, "//") == NULL;
}

static bool refuse_name(const char *name, struct error *err)
{
	return error_set(err, ERROR_INPUT,
			 "'%.80s' is not a time zone of this machine; use an IANA name such as "
			 "Europe/Berlin",
			 name);
}

static void close_file(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

static bool read_all(int fd, struct text *out, struct error *err)
{
	char part[8192];
	ssize_t len;
	while ((len = read(fd, part, sizeof part)) > 0 || (len < 0 && errno == EINTR)) {
		if (len > 0)
			text_add(out, part, (size_t)len);
	}
	if (len < 0)
		return error_errno(err, "cannot read");
	return text_ok(out, "time zone file", err);
}

static bool read_file(const char *path, const char *name, struct text *out, struct error *err)
{
	AUTO(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return refuse_name(name, err);
	struct stat info;
	if (fd < 0 || fstat(fd, &info) != 0) {
		(void)error_errno(err, "cannot open");
		return error_within(err, "%s", path);
	}
	if (!S_ISREG(info.st_mode))
		return refuse_name(name, err);
	return read_all(fd, out, err) || error_within(err, "%s", path);
}

bool zone_open(const char *name, struct zone **ret, struct error *err)
{
	if (strcmp(name, "UTC") == 0)
		return open_utc(ret, err);
	if (!is_name(name))
		return refuse_name(name, err);

	char path[ZONE_NAME_BYTES + 32];
	(void)snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	AUTO_TEXT struct text bytes = text_with_limit(ZONE_FILE_MAX_BYTES);
	if (!read_file(path, name, &bytes, err))
		return false;
	return zone_read(bytes.data ? bytes.data : "", bytes.len, ret, err) ||
	       error_within(err, "%s", path);
}

void zone_free(struct zone *zone)
{
	if (zone == NULL)
		return;
	free(zone->at);
	free(zone->offsets);
	free(zone);
}

void zone_free_slot(struct zone **slot)
{
	zone_free(*slot);
	*slot = NULL;
}

int32_t zone_offset_s(const struct zone *zone, int64_t at)
{
	if (zone->has_rule && (zone->count == 0 || at >= zone->at[zone->count - 1]))
		return zone_rule_offset_s(&zone->rule, at);
	size_t low = 0, high = zone->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->at[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return zone->offsets[low];
}

/* Far from the ends of int64_t, so that adding an offset is safe, and its day fits. */
static int64_t local_s(const struct zone *zone, int64_t at)
{
	const int64_t far = (int64_t)INT32_MAX * DAY_S - DAY_S;
	int64_t held = at > far ? far : at < -far ? -far : at;
	return held + zone_offset_s(zone, held);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int32_t zone_day(const struct zone *zone, int64_t at)
{
	return (int32_t)floor_div(local_s(zone, at), DAY_S);
}

int32_t zone_second_of_day(const struct zone *zone, int64_t at)
{
	int64_t local = local_s(zone, at);
	return (int32_t)(local - floor_div(local, DAY_S) * DAY_S);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ledger/hash.h"

#include <nettle/sha2.h>
#include <stdlib.h>

struct hashing {
	struct sha256_ctx context;
};

struct sha256 sha256_of(struct span bytes)
{
	struct sha256_ctx context;
	struct sha256 hash;

	sha256_init(&context);
	sha256_update(&context, bytes.len, (const uint8_t *)bytes.start);
	sha256_digest(&context, sizeof hash.bytes, hash.bytes);
	return hash;
}

bool hashing_new(struct hashing **ret, struct error *err)
{
	struct hashing *hashing = malloc(sizeof *hashing);

	if (hashing == NULL)
		return error_memory(err);
	sha256_init(&hashing->context);
	*ret = hashing;
	return true;
}

void hashing_add(struct hashing *hashing, struct span bytes)
{
	sha256_update(&hashing->context, bytes.len, (const uint8_t *)bytes.start);
}

struct sha256 hashing_end(struct hashing *hashing)
{
	struct sha256 hash;

	sha256_digest(&hashing->context, sizeof hash.bytes, hash.bytes);
	return hash;
}

void hashing_free(struct hashing **slot)
{
	free(*slot);
	*slot = NULL;
}

bool sha256_is_set(const struct sha256 *hash)
{
	static const struct sha256 none;

	return memcmp(hash->bytes, none.bytes, SHA256_BYTES) != 0;
}

bool sha256_equal(const struct sha256 *a, const struct sha256 *b)
{
	return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

const char *sha256_print(const struct sha256 *hash, char buffer[SHA256_TEXT_BYTES])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < SHA256_BYTES; i++) {
		buffer[2 * i] = digits[hash->bytes[i] >> 4];
		buffer[2 * i + 1] = digits[hash->bytes[i] & 15];
	}
	buffer[SHA256_TEXT_BYTES - 1] = '\0';
	return buffer;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool sha256_parse(struct span text, struct sha256 *ret, struct error *err)
{
	struct sha256 hash = {0};

	if (text.len != SHA256_TEXT_BYTES - 1)
		return error_set(err, ERROR_INPUT, "hash '%.*s' has %zu digits, not 64",
				 SPAN_ARGS(text), text.len);
	for (size_t i = 0; i < text.len; i++) {
		int value = digit_value(text.start[i]);
		if (value < 0)
			return error_set(err, ERROR_INPUT,
					 "hash '%.*s' has a digit that is not hexadecimal",
					 SPAN_ARGS(text));
		hash.bytes[i / 2] = (uint8_t)(hash.bytes[i / 2] << 4 | value);
	}
	*ret = hash;
	return true;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "obs/shape.h"

enum { CLIP_BYTES = 60 };

bool shape_matches(struct span text, const char *shape)
{
	if (text.len != strlen(shape))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.start[i] >= '0' && text.start[i] <= '9';
		if (shape[i] == '0' ? !digit : text.start[i] != shape[i])
			return false;
	}
	return true;
}

int shape_number(struct span text, size_t at, size_t count)
{
	int value = 0;
	for (size_t i = 0; i < count; i++)
		value = value * 10 + (text.start[at + i] - '0');
	return value;
}

int shape_clip(struct span text)
{
	size_t len = text.len < CLIP_BYTES ? text.len : CLIP_BYTES;
	while (len > 0 && len < text.len && ((unsigned char)text.start[len] & 0xC0) == 0x80)
		len--;
	return (int)len;
}

bool shape_check_part(struct span text, const char *name, int value, int min, int max,
		      struct error *err)
{
	if (value >= min && value <= max)
		return true;
	return error_set(err, ERROR_INPUT, "'%.*s': %s %d is not within %d..%d", shape_clip(text),
			 text.start, name, value, min, max);
}

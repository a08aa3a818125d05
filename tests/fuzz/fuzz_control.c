/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/fuzz/desk.h"

#include "intake/request.h"
#include "tests/fuzz/fuzz.h"

/* What comes in on the control socket: a message that can be read is written and read back the
 * same, and a request is carried out or refused with a reason. */

enum { EXIT_MAX = 3 };

static void check_same(const struct control_message *a, const struct control_message *b)
{
	fuzz_must(a->count == b->count, "a message comes back with all of its fields");
	for (size_t i = 0; i < a->count; i++)
		fuzz_must(strcmp(a->fields[i].name, b->fields[i].name) == 0 &&
				  strcmp(a->fields[i].value, b->fields[i].value) == 0,
			  "a field comes back as it was");
}

static void check_written(const struct control_message *message)
{
	AUTO_TEXT struct text written = text_with_limit(CONTROL_MESSAGE_BYTES);
	AUTO_MESSAGE struct control_message again = {0};
	struct error err = {0};
	size_t len = 0;
	fuzz_must(control_encode(message, &written, &err), "a message can be written");
	fuzz_must(control_is_whole(text_span(&written), &len) && len == written.len,
		  "a message is whole");
	fuzz_must(control_decode(text_span(&written), &again, &err), "it can be read again");
	check_same(message, &again);
}

static void carry_out(const struct control_message *request)
{
	static const char table[] = "indicator,area,period,value,source\nusw,VN,2019,85,gso\n";
	struct desk_world *world = fuzz_desk();
	AUTO_MESSAGE struct control_message answer = {0};
	request_carry_out(&world->intake, request, span_of(table), &answer);
	long status = control_get_integer(&answer, "exit", -1);
	fuzz_must(status >= 0 && status <= EXIT_MAX, "an answer has an exit status");
	fuzz_must(status == 0 || control_get(&answer, "error") != NULL, "a failure is told");
	check_written(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *bytes = fuzz_copy((struct span){(const char *)data, size});
	AUTO_MESSAGE struct control_message message = {0};
	struct error err = {0};
	size_t len = 0;
	if (!control_is_whole((struct span){bytes, size}, &len))
		return 0;
	fuzz_must(len <= size, "a message is not longer than what came");
	if (!control_decode((struct span){bytes, len}, &message, &err)) {
		fuzz_must_be_told(&err);
		fuzz_must(message.count == 0, "what cannot be read leaves nothing");
		return 0;
	}
	check_written(&message);
	if (request_is_ours(&message))
		carry_out(&message);
	return 0;
}

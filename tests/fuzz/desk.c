/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/fuzz/desk.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/fuzz/fuzz.h"

enum { ROWS_MAX = 2000 };

/* Nothing here has to outlive the machine. */
int fsync(int fd)
{
	(void)fd;
	return 0;
}

int fdatasync(int __fildes)
{
	(void)__fildes;
	return 0;
}

static struct desk_world **slot(void)
{
	static struct desk_world *world;
	return &world;
}

static void close_desk(void)
{
	void *world = *slot();
	*slot() = NULL;
	if (world != NULL)
		fuzz_must(desk_world_tear_down(&world) == 0, "a desk can be removed");
}

static void open_desk(void)
{
	static bool is_known;
	void *world = NULL;
	fuzz_must(desk_world_set_up(&world) == 0, "a desk can be set up");
	*slot() = world;
	if (!is_known)
		fuzz_must(atexit(close_desk) == 0, "a desk can be removed at the end");
	is_known = true;
}

struct desk_world *fuzz_desk(void)
{
	if (*slot() != NULL && desk_world_rows(*slot()) > ROWS_MAX)
		close_desk();
	if (*slot() == NULL)
		open_desk();
	(*slot())->err = (struct error){0};
	return *slot();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Print what the tables of configuration keys hold, for tests/repo/manual.sh: a line `key NAME` for
 * each key, `value NAME` for each word that a key takes, `test key NAME` for the keys of a test. */

#include <ctype.h>
#include <stdio.h>

#include "base/keys.h"
#include "config/keys.h"
#include "feed/mapping.h"
#include "trial/trial.h"

static void print_choices(const struct key_choice *choice)
{
	for (; choice != NULL && choice->name != NULL; choice++)
		if (isalpha((unsigned char)choice->name[0]))
			printf("value %s\n", choice->name);
}

static void print_keys(const struct key *key)
{
	for (; key != NULL && key->name != NULL; key++) {
		printf("key %s\n", key->name);
		print_choices(key->choices);
		print_keys(key->group);
	}
}

int main(void)
{
	print_keys(config_root_keys);
	print_keys(config_included_keys);
	print_keys(feed_mapping_keys);
	for (const struct key *key = trial_keys; key->name != NULL; key++)
		printf("test key %s\n", key->name);
	return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The least memory that a daemon with our libraries can have: each is called once, then it waits.
 */

#include <curl/curl.h>
#include <jansson.h>
#include <rrd.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <unistd.h>

int main(void)
{
	sqlite3 *db = NULL;
	json_decref(json_loads("[1]", 0, NULL));
	rrd_clear_error();
	(void)rrd_first_r("/nonexistent", 0);
	bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK &&
		    curl_multi_init() != NULL && sqlite3_open(":memory:", &db) == SQLITE_OK &&
		    sqlite3_exec(db, "CREATE TABLE t (a)", NULL, NULL, NULL) == SQLITE_OK;
	return done ? pause() : 3;
}

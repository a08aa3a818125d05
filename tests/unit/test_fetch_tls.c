/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/loopback.h"

struct place {
	char dir[64];
	struct fetcher *fetcher;
};

static const char *in_dir(const struct place *place, const char *name, char path[256])
{
	snprintf(path, 256, "%s/%s", place->dir, name);
	return path;
}

/* A key, and a certificate that signs itself for this name. */
static void make_certificate(const struct place *place, const char *name, const char *alt_name)
{
	char key[256], certificate[256], file[64], extension[128];
	snprintf(file, sizeof file, "%s.pem", name);
	snprintf(extension, sizeof extension, "subjectAltName=%s", alt_name);
	in_dir(place, "key.pem", key);
	in_dir(place, file, certificate);
	const char *const argv[] = {"openssl", "req",	"-x509", "-new",      "-key",
				    key,       "-subj", "/CN=t", "-addext",   extension,
				    "-days",   "2",	"-out",	 certificate, NULL};
	loopback_run(argv);
}

static void make_all(const struct place *place)
{
	char key[256], good[256], expired[256];
	in_dir(place, "key.pem", key);
	in_dir(place, "good.pem", good);
	in_dir(place, "expired.pem", expired);
	const char *const make_key[] = {"openssl", "genpkey",  "-algorithm",
					"EC",	   "-pkeyopt", "ec_paramgen_curve:P-256",
					"-out",	   key,	       NULL};
	loopback_run(make_key);
	make_certificate(place, "good", "IP:127.0.0.1");
	make_certificate(place, "other-host", "DNS:other.example");
	make_certificate(place, "unknown", "IP:127.0.0.1,DNS:again.example");
	const char *const expire[] = {"openssl", "x509", "-in",	 good,	  "-signkey", key,
				      "-days",	 "-1",	 "-out", expired, NULL};
	loopback_run(expire);
}

static void write_answer(const struct place *place, const char *name, const char *answer)
{
	char path[256];
	FILE *file = fopen(in_dir(place, name, path), "w");
	assert_non_null(file);
	assert_true(fputs(answer, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
	struct place *place = calloc(1, sizeof *place);
	struct error err = {0};
	snprintf(place->dir, sizeof place->dir, "/tmp/envgap-tls-XXXXXX");
	assert_non_null(mkdtemp(place->dir));
	make_all(place);
	write_answer(place, "doc",
		     "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
		     "Connection: close\r\n\r\nhi\n");
	write_answer(place, "longer",
		     "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n"
		     "Connection: close\r\n\r\nhi\nand more\n");
	write_answer(place, "to-http",
		     "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n"
		     "Content-Length: 0\r\nConnection: close\r\n\r\n");
	assert_true(fetcher_new(&place->fetcher, &err));
	*state = place;
	return 0;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static int tear_down(void **state)
{
	struct place *place = *state;
	fetcher_free(place->fetcher);
	nftw(place->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(place);
	return 0;
}

/* Ask a server with one certificate, trusting another (NULL: what the machine trusts). */
static struct fetch_result ask(struct place *place, const char *certificate, const char *trusted,
			       const char *path)
{
	char url[128], ca_file[256];
	struct loopback server = loopback_start_tls(place->dir, certificate);
	snprintf(url, sizeof url, "https://127.0.0.1:%d/%s", server.port, path);
	struct fetch_request request = {
		.url = url,
		.allow_http = true,
		.ca_file = trusted != NULL ? in_dir(place, trusted, ca_file) : NULL,
		.limits = {.timeout_ms = 5000},
	};
	struct fetch_result result = loopback_fetch(place->fetcher, &request);
	loopback_stop(&server);
	return result;
}

static void a_host_with_a_trusted_certificate_is_heard(void **state)
{
	struct fetch_result result = ask(*state, "good", "good.pem", "doc");
	if (result.outcome != FETCH_OK)
		fail_msg("%s", result.text);
	assert_string_equal(result.body.held.data, "hi\n");
	fetch_result_done(&result);
}

static void other_certificates_are_refused_and_the_text_says_why(void **state)
{
	static const struct {
		const char *certificate, *trusted, *text;
	} cases[] = {
		{"good", NULL, "certificate of 127.0.0.1 is not trusted: self-signed certificate"},
		{"unknown", "good.pem",
		 "certificate of 127.0.0.1 is not trusted: self-signed certificate"},
		{"expired", "expired.pem",
		 "certificate of 127.0.0.1 is not trusted: certificate has expired"},
		{"other-host", "other-host.pem",
		 "certificate of 127.0.0.1 is not trusted: SSL: no alternative certificate "
		 "subject name matches target host name '127.0.0.1'"},
		{"good", "none.pem", "no TLS with 127.0.0.1: error setting certificate "},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fetch_result result =
			ask(*state, cases[i].certificate, cases[i].trusted, "doc");
		assert_string_equal(fetch_cause_name(result.cause), "tls");
		if (strncmp(result.text, cases[i].text, strlen(cases[i].text)) != 0)
			fail_msg("%s: %s", cases[i].certificate, result.text);
	}
}

static void https_never_redirects_to_http(void **state)
{
	struct fetch_result result = ask(*state, "good", "good.pem", "to-http");
	assert_string_equal(fetch_cause_name(result.cause), "redirect_refused");
	assert_string_equal(result.text, "127.0.0.1 redirects from https to http");
}

static void a_length_is_held_against_the_body_behind_tls_too(void **state)
{
	struct fetch_result result = ask(*state, "good", "good.pem", "longer");
	assert_string_equal(fetch_cause_name(result.cause), "length_mismatch");
}

static void a_host_that_does_not_speak_tls_is_refused(void **state)
{
	struct place *place = *state;
	struct loopback server = loopback_start(NULL);
	char url[64];
	snprintf(url, sizeof url, "https://127.0.0.1:%d/fault/plain", server.port);
	struct fetch_request request = {.url = url, .limits = {.timeout_ms = 500}};
	struct fetch_result result = loopback_fetch(place->fetcher, &request);
	loopback_stop(&server);
	/* the fake waits for the end of a request that never comes */
	assert_string_equal(fetch_cause_name(result.cause), "connect");
	assert_non_null(strstr(result.text, "no connection to 127.0.0.1 within "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_with_a_trusted_certificate_is_heard),
		cmocka_unit_test(other_certificates_are_refused_and_the_text_says_why),
		cmocka_unit_test(https_never_redirects_to_http),
		cmocka_unit_test(a_length_is_held_against_the_body_behind_tls_too),
		cmocka_unit_test(a_host_that_does_not_speak_tls_is_refused),
	};
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, set_up, tear_down);
}

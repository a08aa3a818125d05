/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "feed/link.h"
#include "feed/url_resolve.h"

/* RFC 3986, 5.4: all of the normal and abnormal examples with a path (a reference that is only a
 * fragment is the document itself; fragments are left out here, as they are never sent). */
static void references_resolve_as_the_rfc_has_it(void **state)
{
	static const struct {
		const char *reference, *want;
	} cases[] = {
		{"g:h", "g:h"},
		{"g", "http://a/b/c/g"},
		{"./g", "http://a/b/c/g"},
		{"g/", "http://a/b/c/g/"},
		{"/g", "http://a/g"},
		{"//g", "http://g"},
		{"?y", "http://a/b/c/d;p?y"},
		{"g?y", "http://a/b/c/g?y"},
		{"#s", "http://a/b/c/d;p?q"},
		{"g#s", "http://a/b/c/g"},
		{";x", "http://a/b/c/;x"},
		{"g;x", "http://a/b/c/g;x"},
		{"g;x?y#s", "http://a/b/c/g;x?y"},
		{"", "http://a/b/c/d;p?q"},
		{".", "http://a/b/c/"},
		{"./", "http://a/b/c/"},
		{"..", "http://a/b/"},
		{"../", "http://a/b/"},
		{"../g", "http://a/b/g"},
		{"../..", "http://a/"},
		{"../../", "http://a/"},
		{"../../g", "http://a/g"},
		{"../../../g", "http://a/g"},
		{"../../../../g", "http://a/g"},
		{"/./g", "http://a/g"},
		{"/../g", "http://a/g"},
		{"g.", "http://a/b/c/g."},
		{".g", "http://a/b/c/.g"},
		{"g..", "http://a/b/c/g.."},
		{"..g", "http://a/b/c/..g"},
		{"./../g", "http://a/b/g"},
		{"./g/.", "http://a/b/c/g/"},
		{"g/./h", "http://a/b/c/g/h"},
		{"g/../h", "http://a/b/c/h"},
		{"g;x=1/./y", "http://a/b/c/g;x=1/y"},
		{"g;x=1/../y", "http://a/b/c/y"},
		{"g?y/./x", "http://a/b/c/g?y/./x"},
		{"g?y/../x", "http://a/b/c/g?y/../x"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_url_resolve(span_of("http://a/b/c/d;p?q"),
					     span_of(cases[i].reference), &out, NULL));
		if (!span_is(text_span(&out), cases[i].want))
			fail_msg("'%s' became '%s'", cases[i].reference, out.data);
	}
}

static void a_base_may_be_relative_or_empty(void **state)
{
	static const struct {
		const char *base, *reference, *want;
	} cases[] = {
		{"", "rows?p=2", "rows?p=2"},
		{"", "../rows", "../rows"},
		{"?p=2", "?p=3", "?p=3"},
		{"two/b.json", "c.json", "two/c.json"},
		{"https://e.org", "rows", "https://e.org/rows"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_TEXT struct text out = text_with_limit(FEED_URL_BYTES);
		assert_true(feed_url_resolve(span_of(cases[i].base), span_of(cases[i].reference),
					     &out, NULL));
		assert_string_equal(out.data, cases[i].want);
	}
	AUTO_TEXT struct text small = text_with_limit(12);
	struct error err = {0};
	assert_false(feed_url_resolve(span_of("http://a/b/c/"), span_of("long"), &small, &err));
	assert_true(small.too_long);
}

static void an_origin_is_scheme_host_and_port(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{"https://e.org/a", "https://e.org/b?c", true},
		{"https://e.org/a", "HTTPS://E.ORG:443/", true},
		{"http://e.org:80/a", "http://e.org", true},
		{"https://e.org/a", "http://e.org/a", false},
		{"https://e.org/a", "https://www.e.org/a", false},
		{"https://e.org/a", "https://e.org:8443/a", false},
		{"https://e.org/a", "https://e.org@x.org/a", false},
		{"https://e.org/a", "https://me@e.org/a", true},
		{"https://e.org/a", "/b", false},
		{"file:a", "file:b", true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (feed_url_same_origin(span_of(cases[i].a), span_of(cases[i].b)) != cases[i].same)
			fail_msg("'%s' and '%s'", cases[i].a, cases[i].b);
}

static void the_next_link_is_found_among_others(void **state)
{
	static const struct {
		const char *header, *want;
	} cases[] = {
		{"", ""},
		{"<https://e.org/2>; rel=\"next\"", "https://e.org/2"},
		{"<https://e.org/2>;rel=next", "https://e.org/2"},
		{"<a>; rel=prev, <b>; rel=next", "b"},
		{"<a,b;c>; rel=\"prev NEXT\"", "a,b;c"},
		{", ,<a>;title=\"x, y\" ; rel=next", "a"},
		{"<a>; title=\"\\\"; rel=next\"; rel=last", ""},
		{"<a>; rel=last; rel=next", ""},
		{"<a>; rel=next; anchor=\"#x\", <b>; rel=next", "b"},
		{"<a>; rel=nextly", ""},
		{"<a; rel=next", ""},
		{"a; rel=next", ""},
		{"<>; rel=next", ""},
		{"<a>; rel", ""},
		{"<a>; rel=\"next", "a"},
	};
	char url[FEED_URL_BYTES];
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(feed_link_next(span_of(cases[i].header), url, NULL));
		if (strcmp(url, cases[i].want) != 0)
			fail_msg("%s: '%s'", cases[i].header, url);
	}
}

static void a_next_link_that_is_too_long_is_no_end(void **state)
{
	AUTO_TEXT struct text header = text_with_limit(2 * FEED_URL_BYTES);
	char url[FEED_URL_BYTES];
	struct error err = {0};
	(void)state;
	text_add_char(&header, '<');
	for (size_t i = 0; i < FEED_URL_BYTES; i++)
		text_add_char(&header, 'a');
	text_add_string(&header, ">; rel=next");
	assert_false(feed_link_next(text_span(&header), url, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(references_resolve_as_the_rfc_has_it),
		cmocka_unit_test(a_base_may_be_relative_or_empty),
		cmocka_unit_test(an_origin_is_scheme_host_and_port),
		cmocka_unit_test(the_next_link_is_found_among_others),
		cmocka_unit_test(a_next_link_that_is_too_long_is_no_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

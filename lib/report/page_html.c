/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/page_format.h"
#include "report/xml.h"

/* One file without scripts, fonts or pictures from elsewhere.  Lengths are relative, so that it can
 * be enlarged; on paper rows and groups stay whole and heads of tables come again. */
static const char STYLE[] =
	"body{font:1rem/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:64rem;"
	"margin:1.5rem auto;padding:0 1rem;overflow-wrap:break-word}\n"
	"h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}h2{font-size:1.2rem;margin:1.6rem 0 "
	".4rem;"
	"border-bottom:1px solid #666}h3{font-size:1.02rem;margin:1.2rem 0 .2rem}p{margin:.3rem "
	"0}\n"
	".small{font-size:.85rem;color:#333}.wide{overflow-x:auto}\n"
	"table{border-collapse:collapse;width:100%;font-size:.85rem;margin:.5rem 0}"
	"caption{text-align:left;font-weight:bold;padding:.2rem 0}"
	"th,td{border:1px solid #888;padding:.2rem .4rem;text-align:left;vertical-align:top}"
	"thead th{background:#eee}tbody "
	"th{font-weight:normal}.n{text-align:right}.t{white-space:nowrap}"
	".good,.bad,.unknown{min-width:5.5rem}"
	".wide>table>thead th:first-child:nth-last-child(n+6){width:21%}\n"
	".bad{border-left:.35rem solid #8a1c1c;font-weight:bold}"
	".unknown{border-left:.35rem dashed #555;font-style:italic}"
	".good{border-left:.35rem double #1d5f2c}\n"
	"dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.1rem .8rem;"
	"margin:.3rem 0}dt{color:#333}dd{margin:0}figure{margin:.4rem 0}"
	"figure+.wide table,figure+.wide>table>thead "
	"th:first-child:nth-last-child(n+6){width:auto}svg{width:100%;max-width:42rem;height:auto}"
	"\n"
	"@media (max-width:30rem){dl{display:block}dt{font-weight:bold}}\n"
	"@media screen and (max-width:40rem){.stacked,.stacked tbody,.stacked tr,.stacked tbody "
	"th,.stacked td{display:block}.stacked thead{display:none}"
	".stacked tr{border:1px solid #888;margin:.6rem 0}"
	".stacked tbody th{border:0;background:#eee;font-weight:bold}"
	".stacked td{border-width:0 0 0 .35rem}.stacked td:not([class]),.stacked "
	"td.t,.stacked td.n{border:0;text-align:left;padding-left:.75rem;white-space:normal}"
	".stacked td::before{content:attr(data-h) \": \";color:#333;font-weight:normal;"
	"font-style:normal}}\n"
	"@page{size:A4;margin:15mm 14mm 18mm}\n"
	"@media "
	"print{body{max-width:none;margin:0;padding:0}html{font-size:9.5pt}.wide{overflow:visible}"
	"table{font-size:8pt}thead{display:table-header-group}tr,section{break-inside:avoid;"
	"page-break-inside:avoid}h2,h3{break-after:avoid;page-break-after:avoid}"
	"h3{font-size:10.5pt}svg{max-width:12.5cm}dl{margin:.1rem 0}figure{margin:.1rem 0}"
	"*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static void begin(struct text *out, const struct page_head *head)
{
	text_add_string(out, "<!DOCTYPE html>\n<html lang=\"");
	xml_add_string(out, head->language);
	text_add_string(out, "\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" "
			     "content=\"width=device-width, initial-scale=1\"/>\n<title>");
	xml_add_string(out, head->title);
	text_addf(out, "</title>\n<style>\n%s", STYLE);
	text_addf(out,
		  "@page{@bottom-right{content:\"%s \" counter(page) \"/\" counter(pages);"
		  "font:8pt sans-serif}}\n</style>\n</head>\n<body>\n<main>\n",
		  head->page_word);
}

static void end(struct text *out)
{
	text_add_string(out, "</main>\n</body>\n</html>\n");
}

static void heading(struct text *out, int level, const char *text)
{
	text_addf(out, "<h%d>", level);
	xml_add_string(out, text);
	text_addf(out, "</h%d>\n", level);
}

static void paragraph(struct text *out, const char *text, bool is_small)
{
	text_add_string(out, is_small ? "<p class=\"small\">" : "<p>");
	xml_add_string(out, text);
	text_add_string(out, "</p>\n");
}

static void fact(struct text *out, const char *term, const char *text)
{
	text_add_string(out, "<dt>");
	xml_add_string(out, term);
	text_add_string(out, "</dt><dd>");
	xml_add_string(out, text);
	text_add_string(out, "</dd>\n");
}

static void table(const struct page *page, const char *caption, const struct page_column *columns,
		  size_t count)
{
	struct text *out = page->out;
	text_addf(out, "<div class=\"wide\">\n<table%s>\n",
		  page->is_stacked ? " class=\"stacked\"" : "");
	if (caption != NULL) {
		text_add_string(out, "<caption>");
		xml_add_string(out, caption);
		text_add_string(out, "</caption>\n");
	}
	text_add_string(out, "<thead>\n<tr>");
	for (size_t i = 0; i < count; i++) {
		text_add_string(out, columns[i].look == PAGE_NUMBER
					     ? "<th scope=\"col\" class=\"n\">"
					     : "<th scope=\"col\">");
		xml_add_string(out, columns[i].heading);
		text_add_string(out, "</th>");
	}
	text_add_string(out, "</tr>\n</thead>\n<tbody>\n");
}

static void row(struct text *out, bool is_begin)
{
	text_add_string(out, is_begin ? "<tr>" : "</tr>\n");
}

/* A number and its sign stay on one line. */
static void add_together(struct text *out, const char *text)
{
	static const char sign[] = " %";
	const char *next;
	for (; (next = strstr(text, sign)) != NULL; text = next + strlen(sign)) {
		xml_add(out, (struct span){text, (size_t)(next - text)});
		text_add_string(out, "\u00A0%");
	}
	xml_add_string(out, text);
}

static void cell(const struct page *page, enum page_look look, const char *text)
{
	static const char *const classes[] = {
		[PAGE_PLAIN] = "",
		[PAGE_NUMBER] = " class=\"n\"",
		[PAGE_TIGHT] = " class=\"t\"",
		[PAGE_GOOD] = " class=\"good\"",
		[PAGE_BAD] = " class=\"bad\"",
		[PAGE_UNKNOWN] = " class=\"unknown\"",
	};
	struct text *out = page->out;
	bool is_first = page->column == 0;
	text_addf(out, is_first ? "<th scope=\"row\"%s" : "<td%s", classes[look]);
	if (page->is_stacked && !is_first) {
		text_add_string(out, " data-h=\"");
		xml_add_string(out, page->headings[page->column]);
		text_add_char(out, '"');
	}
	text_add_char(out, '>');
	add_together(out, text);
	text_add_string(out, is_first ? "</th>" : "</td>");
}

const struct page_writer page_html = {begin, end, heading, paragraph, fact, table, row, cell};

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/init_files.h"

#include "base/attr.h"

static const struct init_file files[] = {
	{"envgap.conf",
	 "# The configuration of envgap.  Paths are relative to this file; envgap.conf(5) has "
	 "every key.\n"
	 "\n"
	 "# What envgap knows, and where its daemon listens.  Both are made when they are needed.\n"
	 "state_dir = \"state\";\n"
	 "run_dir = \"run\";\n"
	 "\n"
	 "# The tables: what is measured and where, what was promised, who owes which figures by "
	 "when.\n"
	 "catalogue = \"catalogue\";\n"
	 "\n"
	 "# The zone in which days begin and end, by its IANA name, such as \"Asia/Ho_Chi_Minh\".\n"
	 "timezone = \"UTC\";\n"
	 "\n"
	 "# Feeds: where figures are fetched from, each a group in a file of feeds.d or here.  "
	 "Take the # away,\n"
	 "# and say where the document is; the manual and docs/formats have many examples.  For "
	 "the ready-made\n"
	 "# ones copy conf/feeds.d, from where envgap came, beside this file, and add two lines "
	 "here:\n"
	 "# catalogue_more = [ \"feeds.d/catalogue\" ]; and, for instance, enable = [ \"wb-pm25\" "
	 "];\n"
	 "include = [ \"feeds.d/*.conf\" ];\n"
	 "# file: URLs are allowed below these directories only.\n"
	 "#file_feeds = [ \"documents\" ];\n"
	 "#feeds = (\n"
	 "#  {\n"
	 "#    id = \"recycled\";\n"
	 "#    url = \"file:recycled.csv\";\n"
	 "#    source = \"office\";\n"
	 "#    indicator = \"recycled\";\n"
	 "#    read = {\n"
	 "#      format = \"csv\";\n"
	 "#      fields = { area = \"=town\"; period = \"Year\"; value = \"Recycled\"; };\n"
	 "#      periods = { patterns = [ \"YYYY\" ]; };\n"
	 "#      numbers = { decimal = \".\"; };\n"
	 "#    };\n"
	 "#  }\n"
	 "#);\n"},
	{"catalogue/sources.csv",
	 "id,name,note\n"
	 "office,Our office,An example: who publishes figures and answers for them\n"},
	{"catalogue/indicators.csv",
	 "id,name,unit,direction,low,high,frequency,basis,release_lag_days,note\n"
	 "recycled,Waste recycled,%,up,0,100,year,mean,120,"
	 "\"An example: what is measured. up: more is better. mean: a share or average over the "
	 "year; end: a level at its end; sum: an amount. Figures are expected 120 days after "
	 "it\"\n"},
	{"catalogue/areas.csv", "id,kind,name,note\n"
				"town,town,Our town,\"An example: where. An id never changes its "
				"meaning; an area that ends "
				"gets a valid_to\"\n"},
	{"catalogue/acts.csv",
	 "id,title,adopted,note\n"
	 "plan,Waste plan to 2030,2021-03-01,An example: who promised something and when\n"},
	{"catalogue/targets.csv",
	 "id,act,indicator,area,op,value,period,method,note\n"
	 "recycled-2030,plan,recycled,town,>=,60,2030,opensdg,"
	 "\"An example: what was promised, here at least 60 % in 2030. opensdg judges from two "
	 "figures on; an empty method is weather, which needs four\"\n"},
	{"catalogue/offices.csv",
	 "id,name,area,note\n"
	 "town-office,Office of the town,town,An example: who owes figures or reports\n"},
	{"catalogue/duties.csv",
	 "id,title,deliver,indicators,owner,period,deadline,note\n"
	 "recycled-yearly,Waste figures of the town,figures,recycled,town-office,year,by next "
	 "04-30,"
	 "An example: who owes what by when; these figures are due by 30 April of the next year\n"},
};

const struct init_file *init_file_at(size_t index)
{
	return index < COUNT_OF(files) ? &files[index] : NULL;
}

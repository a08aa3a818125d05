/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include "tests/unit/office.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger/log.h"

enum { CONFIG_BYTES = 1 << 16 };

static const struct {
	const char *name, *text;
} tables[] = {
	{"catalogue/sources.csv", "id,name,name_vi,successor,licence,url\n"
				  "stat,Statistics Office,Cục Thống kê,,CC-BY-4.0,\n"
				  "env,Ministry of Environment,,,,\n"},
	{"catalogue/areas.csv", "id,kind,name,name_vi,valid_from,valid_to\n"
				"VN,country,Viet Nam,Việt Nam,,\n"
				"P1,province,Hill,Đồi,,\n"
				"P2,province,River,Sông,,2025-07-01\n"},
	{"catalogue/area_codes.csv", "area,scheme,code,valid_from,valid_to\nVN,iso3,VNM,,\n"},
	{"catalogue/area_members.csv", "group,area,valid_from,valid_to\n"
				       "VN,P1,,\nVN,P2,,2025-07-01\n"},
	{"catalogue/indicators.csv",
	 "id,name,name_vi,definition,unit,direction,low,high,frequency,release_lag_days,basis,"
	 "stand_in_months,decimals,preference\n"
	 "usw,Urban solid waste treated,Chất thải rắn,share,%,up,0,100,year,90,mean,9,1,stat;env\n"
	 "pm25,Fine dust,,mean,µg/m3,down,0,,year,120,mean,0,,\n"
	 "dust,Dust of a day,,mean,µg/m3,down,0,,day,2,mean,0,,\n"},
	{"catalogue/acts.csv", "id,number,title,adopter,adopted,ends,superseded_by,kind\n"
			       "plan,450/2022,Strategy to 2030,Government,2022-04-13,,,act\n"},
	{"catalogue/targets.csv",
	 "id,act,indicator,breakdown,area,each_kind,op,value,base_period,base_value,period,text\n"
	 "usw-2030,plan,usw,,VN,,>=,95,2020,80.5,2030,\n"
	 "usw-each,plan,usw,,VN,province,>=,90,,,2030,\n"
	 "pm25-2030,plan,pm25,,VN,,<=,15,,,2030,\n"},
	{"catalogue/milestones.csv", "target,period,value\nusw-2030,2027,91\nusw-2030,2025,88.5\n"},
	{"catalogue/breaks.csv", "indicator,area,source,day,note\nusw,VN,,2015-01-01,new\n"},
};

static const struct {
	const char *feed, *file, *text;
} documents[] = {
	{"csv", "documents/waste.csv",
	 "Area,Year,Value\nHill,2021,\"87,2\"\nHill,2022,\"88,1\"\nNowhere,2022,\"1,0\"\n"
	 "Hill,2023,many\n"},
	{"json", "documents/dust.json",
	 "{\"unit\": \"x\", \"records\": [\n"
	 "{\"area\": \"VN\", \"day\": \"2026-02-28\", \"value\": 21.5},\n"
	 "{\"area\": \"VN\", \"day\": \"2026-03-01\", \"value\": \"33.25\"},\n"
	 "{\"area\": \"VN\", \"day\": \"2026-02-30\", \"value\": 1}]}\n"},
	{"world", "documents/pm25.json",
	 "[{\"page\":1,\"pages\":1,\"per_page\":50,\"total\":2,\"lastupdated\":\"2026-07-01\"},[\n"
	 "{\"indicator\":{\"id\":\"PM\",\"value\":\"PM\"},\"country\":{\"id\":\"VN\",\"value\":"
	 "\"Viet Nam\"},\"countryiso3code\":\"VNM\",\"date\":\"2019\",\"value\":20.5,\"unit\":\"\","
	 "\"obs_status\":\"\",\"decimal\":1},\n"
	 "{\"indicator\":{\"id\":\"PM\",\"value\":\"PM\"},\"country\":{\"id\":\"VN\",\"value\":"
	 "\"Viet Nam\"},\"countryiso3code\":\"VNM\",\"date\":\"2020\",\"value\":null,\"unit\":\"\","
	 "\"obs_status\":\"\",\"decimal\":1}]]\n"},
};

static const char format_feeds[] =
	"{ id = \"csv\"; url = \"file:waste.csv\"; source = \"stat\"; indicator = \"usw\";\n"
	"  area_scheme = \"name\"; areas = ( [ \"Whole country\", \"VN\" ] );\n"
	"  read = { format = \"csv\"; fields = { area = \"Area\"; period = \"Year\";\n"
	"    value = \"Value\"; }; periods = { patterns = [ \"YYYY\" ]; };\n"
	"    numbers = { decimal = \",\"; max = 100; }; }; },\n"
	"{ id = \"json\"; url = \"file:dust.json\"; source = \"env\"; indicator = \"dust\";\n"
	"  area_scheme = \"id\"; read = { format = \"json\"; records = \"/records\"; revision = "
	"\"/unit\";\n"
	"    fields = { area = \"/area\"; period = \"/day\"; value = \"/value\"; };\n"
	"    dims = { station = \"=all\"; };\n"
	"    periods = { patterns = [ \"YYYY-MM-DD\" ]; }; numbers = { decimal = \".\"; }; }; },\n"
	"{ id = \"world\"; url = \"file:pm25.json\"; source = \"env\"; complete = true;\n"
	"  area_scheme = \"iso3\"; series = ( [ \"PM\", \"pm25\" ] );\n"
	"  read = { format = \"worldbank\"; }; }\n";

static void path_of(const struct office *office, const char *name, char path[OFFICE_PATH_BYTES])
{
	assert_in_range(snprintf(path, OFFICE_PATH_BYTES, "%s/%s", office->directory, name), 1,
			OFFICE_PATH_BYTES - 1);
}

void office_write(const struct office *office, const char *name, const char *text)
{
	char path[OFFICE_PATH_BYTES];
	path_of(office, name, path);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fputs(text, file) < 0, 0);
	assert_int_equal(fclose(file), 0);
}

void office_open(struct office *office)
{
	static const char *const directories[] = {"catalogue", "documents"};
	const char *where = getenv("TMPDIR");
	*office = (struct office){0};
	(void)snprintf(office->directory, sizeof office->directory, "%s/office-XXXXXX",
		       where != NULL ? where : "/tmp");
	assert_non_null(mkdtemp(office->directory));
	path_of(office, "envgap.conf", office->path);
	for (size_t i = 0; i < COUNT_OF(directories); i++) {
		char path[OFFICE_PATH_BYTES];
		path_of(office, directories[i], path);
		assert_int_equal(mkdir(path, 0755), 0);
	}
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		office_write(office, tables[i].name, tables[i].text);
	office_configure(office, "");
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	(void)where;
	return remove(path);
}

void office_close(struct office *office)
{
	assert_int_equal(nftw(office->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
}

void office_configure(const struct office *office, const char *feeds)
{
	AUTO_TEXT struct text config = text_with_limit(CONFIG_BYTES);
	text_add_string(&config, "state_dir = \"state\";\nrun_dir = \"run\";\n"
				 "catalogue = \"catalogue\";\ntimezone = \"Asia/Ho_Chi_Minh\";\n"
				 "file_feeds = [ \"documents\" ];\nrrd = false;\n"
				 "log_level = \"error\";\nmin_free_space = \"1M\";\n");
	text_addf(&config, "feeds = (\n%s);\n", feeds);
	assert_true(text_ok(&config, "the configuration", NULL));
	office_write(office, "envgap.conf", config.data);
}

void office_configure_formats(const struct office *office)
{
	for (size_t i = 0; i < COUNT_OF(documents); i++)
		office_write(office, documents[i].file, documents[i].text);
	office_configure(office, format_feeds);
}

struct span office_document(const char *feed)
{
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		if (strcmp(documents[i].feed, feed) == 0)
			return span_of(documents[i].text);
	}
	fail_msg("there is no document of feed '%s'", feed);
	return (struct span){0};
}

void office_open_desk(const struct office *office, int64_t now, struct desk *ret)
{
	AUTO_PROBLEMS struct problems problems = {0};
	struct error err = {0};
	if (!desk_open(office->path, now, "tester", ret, &problems, &err))
		fail_msg("%s", err.text);
}

int64_t office_rows(const struct desk *desk)
{
	int64_t count = 0;
	assert_true(log_count(desk->ledger, &count, NULL));
	return count;
}

#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every feed that envgap.conf(5) shows is one that envgapd takes.
. "$(dirname "$0")/office"
office
examples=$work/examples
mkdir "$examples"
# The examples as a reader sees them, each in a file.
awk -v dir="$examples" '
/^\.Sh / { inside = $2 == "EXAMPLES" }
inside && /^\.Bd -literal/ { n++; file = dir "/" n ".conf"; next }
/^\.Ed/ { file = "" }
file != "" { gsub(/\\e/, "\\"); sub(/^\\&/, ""); print >file }
' "$SRC/man/envgap.conf.5"
says() {
	cat "$examples"/*.conf | grep -oE "(^|[^a-z_])$1 = \"[^\"]*\"" | sed 's/.*= "//;s/"$//' | sort -u
}
# A catalogue of what they name.
{
	echo id,name
	echo pieces,pieces
	says source | sed 's/.*/&,&/'
} >"$work/catalogue/sources.csv"
{
	echo id,name,unit,direction,frequency,basis
	{
		echo rate
		says indicator
		cat "$examples"/*.conf | grep -oE 'series = \( .* \);' | grep -oE '", "[a-z0-9]*"' | sed 's/", "//;s/"$//'
	} | sort -u | sed 's/.*/&,&,%,up,year,end/'
} >"$work/catalogue/indicators.csv"
printf 'area,scheme,code\nVN,iso2,VN\nVN,iso3,VNM\nVN,m49,704\n' >"$work/catalogue/area_codes.csv"
printf 'id,act,indicator,area,op,value,period\n' >"$work/catalogue/targets.csv"
mkdir -p "$work/etc"
echo secret >"$work/etc/openaq.key"
chmod 600 "$work/etc/openaq.key"
printf 'name,id,since,until\nHa Noi,VN,,\n' >"$work/provinces.csv"

begin 'there are examples for every format'
cat "$examples"/*.conf >"$work/out"
for format in worldbank json csv jsonstat pxweb sdmxcsv sdmxjson unsdg unsdgpivot odata openaq; do
	out_has "format = \"$format\""
done

# A piece that is only about reading stands in a feed; a document is no configuration.
for example in "$examples"/*.conf; do
	number=$(basename "$example" .conf)
	case $(head -n 1 "$example") in
	'read = {')
		{
			pages=$(grep -q 'style = "offset"' "$example" && echo '?from={offset}' || true)
			echo "feeds = ( { id = \"reading-$number\"; url = \"https://example.org/$number$pages\";"
			echo 'source = "pieces"; every = "1d";'
			grep -q ' series = ' "$example" && echo 'series = ( [ "rate", "rate" ] );' ||
				echo 'indicator = "rate";'
			cat "$example"
			echo '} );'
		} >"$work/piece"
		mv "$work/piece" "$example"
		;;
	*=*) ;;
	*) rm "$example" ;;
	esac
done

for example in "$examples"/*.conf; do
	id=$(sed -n 's/^ *id = "\([^"]*\)".*/\1/p' "$example" | head -1)
	begin "the example '$id' is taken"
	{
		grep -vE '^(timezone|file_feeds) =' "$example"
	} | sed "s|/etc/envgap/openaq.key|$work/etc/openaq.key|" >"$work/feeds.conf"
	run envgapd --check
	status_is 0
done

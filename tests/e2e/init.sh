#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# From nothing: envgap init writes what can be used at once, in each language, and writes nothing over.
. "$(dirname "$0")/office"
office
place=$work/new

begin 'what init writes is good, and it says what to do next'
run "$OUT/envgap" init "$place"
status_is 0
out_has "$place/catalogue"
out_has "export ENVGAP_CONF=$place/envgap.conf; envgapd -c \$ENVGAP_CONF --check"
is 'lines' "$(wc -l <"$work/out")" 3
run "$OUT/envgapd" -c "$place/envgap.conf" --check
status_is 0
out_has 'good: feeds 0, indicators 1, areas 1, targets 1'

begin 'its example of a first figure works as it stands'
conf=$place/envgap.conf
run envgap record recycled town 2024 39.4 --source office
status_is 0
run envgap status
out_has 'Our town'
out_has '39.4 % (2024)'
run envgap duties
out_has 'Office of the town'

begin 'its example of a feed works without its signs of a comment'
sed -i 's/^#\([^ #]\|  \)/\1/' "$conf"
mkdir "$place/documents"
printf 'Year,Recycled\n2022,36.8\n2023,38\n' >"$place/documents/recycled.csv"
run envgapd --once
status_is 0
run envgap show recycled town
out_has '36.8 %'

begin 'a file in feeds.d counts, and so do the ready-made feeds when they are copied there'
mkdir "$place/feeds.d"
sed -n '/^feeds = (/,/^);/p' "$conf" | sed 's/id = "recycled"/id = "own"/' >"$place/feeds.d/own.conf"
run envgapd --dry-run own --records
status_is 0
out_has '38'
cp -r "$SRC/conf/feeds.d" "$place/"
cp "$conf" "$work/before"
printf '%s\n' 'catalogue_more = [ "feeds.d/catalogue" ];' 'enable = [ "wb-pm25" ];' >>"$conf"
run envgapd --check
status_is 0
cp "$work/before" "$conf"
rm -r "$place/feeds.d"

begin 'nothing is written over'
cp "$place/envgap.conf" "$work/kept"
run "$OUT/envgap" init "$place"
status_is 1
err_has "'$place/envgap.conf' is there already, and nothing is written over; choose another directory"
is 'the configuration' "$(cmp "$place/envgap.conf" "$work/kept" && echo same)" same
mkdir -p "$work/half/catalogue"
echo mine >"$work/half/catalogue/duties.csv"
run "$OUT/envgap" init "$work/half"
status_is 1
err_has "'$work/half/catalogue/duties.csv' is there already"
is 'what is there' "$(ls "$work/half" "$work/half/catalogue" | tr '\n' ' ')" \
	"$work/half: catalogue  $work/half/catalogue: duties.csv "
is 'the table' "$(cat "$work/half/catalogue/duties.csv")" mine

begin 'a directory that cannot be made is told'
run "$OUT/envgap" init "$work/no/such"
status_is 3
err_has "$work/no/such: No such file or directory"

begin 'in Vietnamese names, remarks and what is next are Vietnamese, and good as well'
run "$OUT/envgap" --lang vi init "$work/vi"
status_is 0
out_has "$work/vi/catalogue"
out_lacks 'Put your own'
for file in envgap.conf catalogue/sources.csv catalogue/indicators.csv catalogue/areas.csv \
	catalogue/acts.csv catalogue/targets.csv catalogue/offices.csv catalogue/duties.csv; do
	if cmp -s "$place/$file" "$work/vi/$file"; then fault "$file is not translated"; fi
done
conf=$work/vi/envgap.conf
run envgapd --check
status_is 0
out_has 'good: feeds 0, indicators 1, areas 1, targets 1'
run envgap record recycled town 2024 39.4 --source office
status_is 0
run envgap --lang vi status
out_has 'Tỷ lệ chất thải tái chế'
out_has '39,4 %'

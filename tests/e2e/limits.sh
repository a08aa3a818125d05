#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is too much is refused with the name of the ceiling, and nothing else suffers.
. "$(dirname "$0")/office"
office

begin 'a table that is too large is refused, with and without a daemon'
truncate -s 300M "$work/huge.csv"
run envgap import "$work/huge.csv"
status_is 3
err_has 'more than the 268435456 that may come at once'
start
run envgap import "$work/huge.csv"
status_is 3
err_has 'more than the 268435456 that may come at once'

begin 'the daemon goes on after it'
run envgap record usw VN 2021 88 --source gso
status_is 0

begin 'what is no file is refused by the command'
run envgap import "$work"
status_is 2
err_has "envgap: $work: is a directory, not a file"
run envgap import "$work/nowhere.csv"
status_is 3
err_has "envgap: $work/nowhere.csv: No such file or directory"

begin 'texts that are too long are refused by name'
long=$(printf '%0300d' 1)
run envgap record "$long" VN 2021 88 --source gso
status_is 2
run envgap record usw VN 2021 88 --source "$long"
status_is 2
run envgap record usw VN 2021 "$long.5" --source gso
status_is 2
run envgap record usw VN 2021 88 --source gso --breakdown "a=$long"
status_is 2
run envgap verify
status_is 0
stop

begin 'less free space than is wanted stops polling, not answers nor figures by hand'
sed -i 's/min_free_space = .*/min_free_space = "500000G";/' "$conf"
printf 'area,year,value\nVN,2020,86\n' >"$work/documents/a.csv"
feed 'id = "a"; url = "file:a.csv"; source = "gso"; indicator = "usw"; read = { format = "csv";
fields = { area = "area"; period = "year"; value = "value"; }; periods = { patterns = [ "YYYY" ]; }; };'
run envgapd --once
status_is 3
err_has 'less than min_free_space is free: nothing is polled'
start
tries=0
until grep -q 'polling pauses' "$work/log" || [ $tries -gt 100 ]; do
	tries=$((tries + 1))
	sleep 0.02
done
run envgap poll a
status_is 3
err_has 'polling pauses'
run envgap record usw VN 2022 89 --source gso
status_is 0
run envgap --format tsv feeds
cell_is a last_success ''
stop

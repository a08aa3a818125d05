#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Which targets an answer is about, and which verdicts hang on whose figure.
. "$(dirname "$0")/office"
office

publish() { run envgap record "$1" VN "$2" "$3" --source "$4" --published "$5"; }
# targets: the ids of the status in the file out, in one line.
targets() { awk -F '\t' 'NR > 1 { print $1 }' "$work/out" | sort | tr '\n' ' '; }

begin 'a verdict that the figure of another publisher would change is marked, and says how'
# gso comes first: 88 is above 87.  By the 86 of monre the target was missed.
publish usw 2021 88 gso 2022-06
publish usw 2021 86 monre 2022-07
run envgap show usw VN
status_is 0
out_has 'met, exceeded †'
out_has "† With Ministry of Environment's 86 % for 2021, usw-2021 would be: missed"
run envgap --format json show usw VN
is 'state' "$(jq -r '.otherwise[0].would_be' "$work/out")" missed
is 'source' "$(jq -r '.otherwise[0].source' "$work/out")" monre
is 'how many' "$(jq '.otherwise | length' "$work/out")" 1

begin 'one that it would not change is not marked'
publish ip_cwwt 2021 93 gso 2022-06
publish ip_cwwt 2021 92 monre 2022-07
run envgap show ip_cwwt VN
status_is 0
out_lacks '†'
run envgap --format json show ip_cwwt VN
is 'how many' "$(jq '.otherwise | length' "$work/out")" 0

begin 'each filter of the status leaves out what it says'
run envgap --format tsv status --all
is 'all' "$(targets)" 'hw-2021 ip-2021 ip-2025 usw-2021 usw-2030 '
run envgap --format tsv status --all --area VN
is 'by area' "$(targets)" 'hw-2021 ip-2021 ip-2025 usw-2021 '
run envgap --format tsv status --all --indicator usw
is 'by indicator' "$(targets)" 'usw-2021 usw-2030 '
run envgap --format tsv status --all --act plan-2021
is 'by act' "$(targets)" 'ip-2021 usw-2021 '
run envgap --format tsv status --all --due 2021
is 'by year' "$(targets)" 'hw-2021 ip-2021 usw-2021 '
run envgap --format tsv status --all --state met
is 'by state' "$(targets)" 'ip-2021 usw-2021 '

begin 'filters hold together'
run envgap --format tsv status --all --area VN --due 2021 --state met --indicator ip_cwwt
is 'four of them' "$(targets)" 'ip-2021 '
run envgap --format tsv status --all --act plan-2021 --due 2030
is 'what nothing meets' "$(targets)" ''
finish_case
exit $any_failed

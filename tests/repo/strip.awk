# SPDX-License-Identifier: GPL-3.0-or-later
# Split C into what a rule is about.  Sets for every line, before the rules that come after this file:
#   code      the line without comments, with the insides of strings and characters left out
#   literals  the insides of its strings, a blank between two
function split_line(line,    i, c, n) {
	code = literals = ""
	n = length(line)
	for (i = 1; i <= n; i++) {
		c = substr(line, i, 1)
		if (within == "*") {
			if (c == "*" && substr(line, i + 1, 1) == "/") { within = ""; i++; code = code " " }
		} else if (within != "") {
			if (c == "\\") { literals = literals substr(line, i, 2); i++ }
			else if (c == within) { code = code c; within = ""; literals = literals " " }
			else if (within == "\"") literals = literals c
		} else if (c == "/" && substr(line, i + 1, 1) == "*") { within = "*"; i++ }
		else if (c == "/" && substr(line, i + 1, 1) == "/") break
		else { code = code c; if (c == "\"" || c == "'") within = c }
	}
	if (within != "*") within = ""
}
FNR == 1 { within = "" }
{ split_line($0) }

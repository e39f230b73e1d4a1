# Reading C line by line, for lint.awk and metrics.awk. Call c_line($0) for every line and c_file() at the first of a file; they set
#   code      the line without comments, and with empty string and character literals
#   comment   whether the line is comment only (or inside one)
#   in_function, function_name, function_line, and function_length at the line that ends one (else 0)
# House style makes functions easy to find: "{" and "}" of a function stand alone in the first column.

function c_file() {
	c_in_comment = 0
	in_function = 0
	c_signature = ""
	function_length = 0
}

function c_line(line,   rest, out, at, mark) {
	rest = line
	out = ""
	while (rest != "") {
		if (c_in_comment) {
			at = index(rest, "*/")
			if (!at)
				break
			rest = substr(rest, at + 2)
			c_in_comment = 0
			continue
		}
		if (!match(rest, /\/\*|\/\/|"|'/)) {
			out = out rest
			break
		}
		out = out substr(rest, 1, RSTART - 1)
		mark = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (mark == "//")
			break
		if (mark == "/*") {
			c_in_comment = 1
			continue
		}
		out = out mark mark
		if (mark == "\"" ? match(rest, /^([^"\\]|\\.)*"/) : match(rest, /^([^'\\]|\\.)*'/))
			rest = substr(rest, RLENGTH + 1)
		else
			rest = ""
	}
	code = out
	comment = line !~ /^[ \t]*$/ && out ~ /^[ \t]*$/
	c_function(line)
}

function c_function(line) {
	function_length = 0
	if (line ~ /^[A-Za-z_].*\(/ && !in_function) {
		c_signature = code
		function_line = FNR
	}
	if (line == "{" && c_signature != "") {
		in_function = 1
		function_name = c_signature
		sub(/\(.*/, "", function_name)
		sub(/.*[ *]/, "", function_name)
	}
	if (line ~ /^}/) {
		if (in_function)
			function_length = FNR - function_line + 1
		in_function = 0
		c_signature = ""
	}
	if (!in_function && code ~ /;[ \t]*$/)
		c_signature = ""
}

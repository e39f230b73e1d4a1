# what=lengths: "LINES NAME FILE" of every function. what=folders: the table of folders.

FNR == 1 {
	c_file()
	n = split(FILENAME, part, "/")
	folder = part[1] "/" (n > 2 ? part[2] "/" : "")
	if (!(folder in lines)) {
		order[++folders] = folder
	}
	files[folder]++
	is_c = FILENAME ~ /\.[ch]$/
}

{
	if (is_c)
		c_line($0)
	if (what == "lengths") {
		if (function_length)
			print function_length, function_name, FILENAME
		next
	}
	lines[folder]++
	if (!is_c || /^[ \t]*$/)
		next
	if (comment)
		comments[folder]++
	else
		codes[folder]++
	if (code ~ /(^|[^a-z_])(static_)?assert\(/)
		asserts[folder]++
}

function per(n, d, scale) {
	return d ? sprintf("%.1f", scale * n / d) : "-"
}

function row(name, f, l, a, c, k) {
	printf "| %s | %d | %d | %s | %s |\n", name, f, l, (k ? per(a, k, 1000) : "-"), (k ? per(c, c + k, 100) " %" : "-")
}

END {
	if (what == "lengths")
		exit
	print "| folder | files | lines | asserts per 1,000 lines of code | comment |"
	print "|---|---|---|---|---|"
	for (i = 1; i <= folders; i++) {
		f = order[i]
		row("`" f "`", files[f], lines[f], asserts[f], comments[f], codes[f])
		if (f ~ /^src\//) {
			tf += files[f]; tl += lines[f]; ta += asserts[f]; tc += comments[f]; tk += codes[f]
		}
	}
	row("all of `src/`", tf, tl, ta, tc, tk)
}

# Reads the table of mutations; see `mutations` for its form.
#   -v root=DIR -v job=check         one TAP line for each row: its text stands in the file, once
#   -v root=DIR -v job=list          number, file and reason of each row
#   -v root=DIR -v job=apply -v row=N  the file of row N with the change made
# LC_ALL=C: texts are bytes.

function text_of(path,    line, text) {
	while ((getline line < path) > 0)
		text = text line "\n"
	close(path)
	return text
}

function newlines(text) { return gsub(/\n/, "\n", text) }

# Sets `start` to where the text to be replaced begins in `text`; returns what is wrong, "" for nothing.
function locate(i, text,    from, rest, at) {
	from = anchor[i] == "" ? 1 : index(text, anchor[i])
	if (!from)
		return "no such place: " anchor[i]
	rest = substr(text, from)
	at = index(rest, find[i])
	if (!at)
		return "no such text: " find[i]
	if (anchor[i] == "" && index(substr(rest, at + 1), find[i]))
		return "text is there more than once, give a line ^ before it: " find[i]
	if (anchor[i] != "" && newlines(substr(rest, 1, at)) > 25)
		return "text is not near its place: " find[i]
	if (find[i] == put[i])
		return "changes nothing: " find[i]
	start = from + at - 1
	return ""
}

function apply(i,    text, wrong) {
	text = text_of(root "/" file[i])
	wrong = locate(i, text)
	if (wrong != "") {
		print file[i] ": " wrong > "/dev/stderr"
		exit 1
	}
	printf "%s%s%s", substr(text, 1, start - 1), put[i], substr(text, start + length(find[i]))
}

function check(    i, wrong, bad) {
	print "1.." n
	for (i = 1; i <= n; i++) {
		if (put[i] == "" && find[i] == "")
			wrong = "a row without a change"
		else
			wrong = locate(i, text_of(root "/" file[i]))
		print (wrong == "" ? "ok " : "not ok ") i " - " file[i] ": " why[i]
		if (wrong != "")
			print "# " wrong
		bad += wrong != ""
	}
	exit bad > 0
}

/^@ / {
	n++
	file[n] = substr($0, 3, index($0, ": ") - 3)
	why[n] = substr($0, index($0, ": ") + 2)
}
/^\^ / { anchor[n] = substr($0, 3) }
/^- / { find[n] = find[n] (find[n] == "" ? "" : "\n") substr($0, 3) }
/^\+ / { put[n] = put[n] (put[n] == "" ? "" : "\n") substr($0, 3) }

END {
	if (job == "check")
		check()
	else if (job == "apply")
		apply(row)
	else
		for (i = 1; i <= n; i++)
			print i "\t" file[i] "\t" why[i]
}

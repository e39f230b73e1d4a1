# First file: deps.txt, "FOLDER  ALLOWED...". Then the sources, named src/FOLDER/... .

function breach(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	breaches++
}

FILENAME ~ /deps\.txt$/ {
	sub(/#.*/, "")
	if (NF == 0)
		next
	known[$1] = 1
	allowed[$1, $1] = 1
	for (i = 2; i <= NF; i++) {
		if (!($i in known))
			breach("deps.txt names " $i " before its own line: a ring, or a missing line")
		allowed[$1, $i] = 1
	}
	next
}

FNR == 1 {
	split(FILENAME, part, "/")
	folder = part[2]
	if (!(folder in known))
		breach("folder " folder " is not in deps.txt")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
	header = $0
	sub(/^[^"]*"/, "", header)
	sub(/".*/, "", header)
	n = split(header, h, "/")
	if (n < 2) {
		if (header !~ /\.gen\.h$|\.def$/)
			breach("write the folder too: \"" folder "/" header "\"")
	} else if (h[1] == "..")
		breach("an include starts at src/, not at \"..\"")
	else if ((folder in known) && !((folder, h[1]) in allowed))
		breach(folder " may not include " header)
}

END {
	exit breaches > 0
}

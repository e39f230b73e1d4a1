# Reads Meson's logs. A program that speaks TAP counts with each of its lines; any other program counts as one test.

function record(test, passed) {
	if (!(test in seen))
		order[++n] = test
	seen[test] = 1
	if (!passed)
		bad[test] = bad[test] " " build
}

# The database engine of a test, "" where it has none. Meson names a program with its suites: "app+postgres / ops_postgres".
function engine(test, suites) {
	suites = "+" test
	sub(/ .*/, "+", suites)
	return suites ~ /\+sqlite\+/ ? "SQLite" : suites ~ /\+postgres\+/ ? "PostgreSQL" : ""
}

function finish() {
	if (program == "")
		return
	died = result !~ /^exit status 0/
	if (!said || (died && !said_failed))
		record(program, !died)
	program = ""
}

FNR == 1 {
	finish()
	build = FILENAME
	sub(/\/meson-logs\/.*/, "", build)
}

/^=+ +[0-9]+\/[0-9]+ +=+$/ { finish() }
/^test: / { program = $0; sub(/^test: +(nguon:)?/, "", program); said = said_failed = 0; result = "" }
/^result: / { result = substr($0, 15) }
/^(not )?ok [0-9]+ / && program != "" {
	passed = $1 == "ok"
	name = $0
	sub(/^(not )?ok [0-9]+ (- )?/, "", name)
	said++
	said_failed += !passed
	record(program ": " name, passed)
}

END {
	finish()
	for (i = 1; i <= n; i++) {
		ran_on[engine(order[i])]++
		if (order[i] in bad) {
			failed++
			print "FAILED " order[i] " in" bad[order[i]]
		} else
			passed_n++
	}
	printf "SQLite: %d tests, PostgreSQL: %d tests\n", ran_on["SQLite"], ran_on["PostgreSQL"]
	failed += broken
	printf "%d passed, %d failed\n", passed_n, failed
	exit failed > 0
}

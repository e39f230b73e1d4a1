# The rules: what is banned, where it is allowed all the same, and what to do instead.

function rule(pattern, where, except, advice) {
	rules++
	banned[rules] = "(^|[^A-Za-z0-9_.>])(" pattern ")"
	scope[rules] = where
	exempt[rules] = except
	instead[rules] = advice
}

BEGIN {
	libraries = "^src/(base|domain|store|stats|office|app|demo)/"
	rule("(malloc|calloc|realloc|free|strdup|strndup|asprintf)\\(", "^src/", "^src/base/arena\\.c$", "memory comes from an arena (base/arena.h)")
	rule("(strcpy|strcat|sprintf|vsprintf|gets|strncpy|strtok)\\(", ".", "^$", "no bounds: use text, arena_printf or snprintf")
	rule("(atoi|atol|atoll|atof)\\(", ".", "^$", "does not tell bad input: use strtoll and look at the end")
	rule("(time|gettimeofday|clock_gettime|localtime|localtime_r|gmtime|gmtime_r|mktime)\\(", "^src/", "^src/(app/clock|http/tick|store/await)\\.c$", "the clock is read in one place and passed in")
	rule("(rand|srand|random)\\(", ".", "^$", "use base/rng.h with a seed")
	rule("(printf|puts|putchar|perror|err|errx|warn|warnx)\\(|(stdout|stderr)[^A-Za-z0-9_]", libraries, "^$", "only cli prints; return a fault")
	rule("(exit|_exit|abort)\\(", libraries, "^src/base/", "return a fault")
	rule("(fopen|open|read|write|getenv|sqlite3_[a-z0-9_]+|pthread_[a-z_]+)\\(", "^src/domain/", "^$", "the domain is pure")
	rule("sqlite3_[a-z0-9_]+\\(", "^src/", "^src/store/", "the engine stays behind store/db.h")
}

function breach(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	breaches++
}

function columns(line,   copy, tabs) {
	copy = line
	tabs = gsub(/\t/, "", copy)
	gsub(/[\200-\277]/, "", copy)
	return length(copy) + 4 * tabs
}

FNR == 1 {
	c_file()
	n_rules_here = 0
	for (i = 1; i <= rules; i++)
		if (FILENAME ~ scope[i] && FILENAME !~ exempt[i])
			here[++n_rules_here] = i
	is_table = FILENAME ~ /\.def$/
}

{
	c_line($0)
	for (i = 1; i <= n_rules_here; i++)
		if (match(code, banned[here[i]])) {
			what = substr(code, RSTART, RLENGTH)
			sub(/^[^A-Za-z_]/, "", what)
			breach(what " " instead[here[i]])
		}
	is_row = is_table || /^\t+(\{ |F_)/ # a row of a table stays one line
	if (!is_row && columns($0) > 140)
		breach("line of " columns($0) " columns, at most 140")
	if (/[ \t]$/)
		breach("white space at the end of the line")
	if (/^  / && !is_table && !comment)
		breach("indent with tabs")
	if (code ~ /^\t*static / && code !~ /const|inline|_Thread_local|pthread_once_t/ && code !~ /\(/ && code ~ /[;={]$/ && FILENAME ~ /^src\//)
		if (!(FILENAME ~ /^src\/(base\/utf8|app\/account_hash)\.c$/))
			breach("a variable that outlives the call: pass it in, or make it const")
	if (/"(SELECT|INSERT INTO|INSERT OR|UPDATE|DELETE FROM|CREATE (UNIQUE )?(TABLE|INDEX)|DROP) / && FILENAME ~ /^src\// && FILENAME !~ /^src\/store\//)
		breach("SQL text lives in sql/queries")
	if (/(^|[^A-Z_])(TODO|FIXME|XXX)([^A-Z_]|$)/)
		breach("finish it, or leave it out")
	if (function_length > 115)
		breach(function_name " has " function_length " lines, at most 115")
	if (FNR == 1001)
		breach("file of more than 1,000 lines")
}

END {
	exit breaches > 0
}

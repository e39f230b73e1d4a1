# The everyday commands; Meson does the work. Each installs the Debian packages that it needs and that are missing.
#
#   make run        builds, makes the demo data on first use, serves it at http://127.0.0.1:8080 (or PORT=) until Ctrl+C
#   make test       everything that must hold: strict build, checks, the suite plain and under sanitizers; ends with "N passed, N failed"
#   make build      the program alone: build/src/cli/nguon
#   make bench      measures and prints ratios
#   make fuzz       hostile input, FUZZ_SECONDS for each target (60)
#   make coverage   lines and branches of src/base and src/domain that their tests reach
#   make mutation   deliberate mistakes in the rules, each of which a test has to notice
#   make sanitize   the suite under AddressSanitizer and UndefinedBehaviorSanitizer alone
#   make screenshots  pictures of every page, into docs/screenshots
#   make metrics    sizes of the code, into ARCHITECTURE.md
#   make clean      removes what was built; never the data

.DEFAULT_GOAL := build
.PHONY: build run test bench fuzz coverage mutation sanitize screenshots metrics clean
FUZZ_SECONDS ?= 60
DATA ?= data/phu-ly
PORT ?= 8080
ASAN := -Db_sanitize=address,undefined -Doptimization=1
TSAN := -Db_sanitize=thread -Doptimization=1

build:
	@tools/install-deps build
	@tools/build build

run: build
	@tools/serve-demo build/src/cli/nguon $(DATA) $(PORT)

test:
	@tools/install-deps build test
	@tools/npm-ci tests/browser
	@tools/build build-test -Dwerror=true
	@tools/build build-asan $(ASAN)
	@tools/build build-tsan $(TSAN) -- threaded
	@tools/run-tests build-test build-asan build-tsan:threads

sanitize:
	@tools/install-deps build test
	@tools/build build-asan $(ASAN)
	@tools/run-tests build-asan

bench:
	@tools/install-deps build bench
	@tools/build build
	@tools/run-bench build

fuzz:
	@tools/install-deps build fuzz
	@CC=clang tools/build build-fuzz -Dfuzz=true
	@tools/run-fuzz build-fuzz $(FUZZ_SECONDS)

coverage:
	@tools/install-deps build test coverage
	@tools/build build-coverage -Db_coverage=true -Dbuildtype=debug -Db_ndebug=true
	@tools/run-coverage build-coverage

mutation:
	@tools/install-deps build test
	@tests/mutation/run

screenshots:
	@tools/install-deps build screenshots
	@tools/npm-ci tests/browser
	@tools/build build
	@NGUON=build/src/cli/nguon node tests/browser/screenshots.mjs docs/screenshots

metrics:
	@tools/metrics --into ARCHITECTURE.md
	@tools/metrics

clean:
	rm -rf build build-*

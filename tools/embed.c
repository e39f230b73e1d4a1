/* Turns files into a C source that holds their bytes, for what the program ships inside itself.
 * usage: embed OUTPUT HEADER FUNCTION FILE...
 * The header must declare `const struct shipped_file *FUNCTION(size_t *ret_n)`. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const char *path)
{
	(void)fprintf(stderr, "embed: %s: %s\n", path, strerror(errno));
	exit(1);
}

static long embed_file(FILE *out, const char *path, int number)
{
	FILE *in = fopen(path, "rb");
	if (!in)
		fail(path);
	(void)fprintf(out, "static const unsigned char file_%d[] = {", number);
	long n = 0;
	for (int c = getc(in); c != EOF; c = getc(in), n++)
		(void)fprintf(out, "%s%d,", n % 32 ? "" : "\n\t", c);
	(void)fprintf(out, "0 };\n");
	if (ferror(in) || fclose(in) != 0)
		fail(path);
	return n;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

int main(int argc, char **argv)
{
	enum { OUTPUT = 1, HEADER, FUNCTION, FILES };
	if (argc <= FILES) {
		(void)fprintf(stderr, "usage: embed OUTPUT HEADER FUNCTION FILE...\n");
		return 2;
	}
	long *sizes = calloc((size_t)argc, sizeof *sizes);
	FILE *out = fopen(argv[OUTPUT], "wb");
	if (!out || !sizes)
		fail(argv[OUTPUT]);
	(void)fprintf(out, "#include \"%s\"\n\n", argv[HEADER]);
	for (int i = FILES; i < argc; i++)
		sizes[i] = embed_file(out, argv[i], i);
	(void)fprintf(out, "\nstatic const struct shipped_file files[] = {\n");
	for (int i = FILES; i < argc; i++)
		(void)fprintf(out, "\t{ \"%s\", (const char *)file_%d, %ld },\n", base_name(argv[i]), i, sizes[i]);
	(void)fprintf(out, "};\n\nconst struct shipped_file *%s(size_t *ret_n)\n{\n"
		"\t*ret_n = sizeof files / sizeof *files;\n\treturn files;\n}\n", argv[FUNCTION]);
	free(sizes);
	if (fclose(out) != 0)
		fail(argv[OUTPUT]);
	return 0;
}

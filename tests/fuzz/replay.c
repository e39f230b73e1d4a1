/* Gives every file of the folders named on the command line to the target, one TAP line for each folder. A folder that is not there
 * has no findings yet. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static int replay_file(const char *dir, const char *name)
{
	char path[1024];
	(void)snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *file = name[0] == '.' ? NULL : fopen(path, "rb");
	if (!file)
		return 0;
	(void)fprintf(stderr, "# %s\n", path); /* the last one named is the one that crashed */
	static uint8_t bytes[1 << 22];
	size_t n = fread(bytes, 1, sizeof bytes, file);
	(void)fclose(file);
	uint8_t *exact = malloc(n ? n : 1); /* so that AddressSanitizer sees a read behind the end */
	for (size_t i = 0; i < n; i++)
		exact[i] = bytes[i];
	(void)LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	return 1;
}

static int replay_folder(const char *dir)
{
	int files = 0;
	DIR *d = opendir(dir);
	if (!d)
		return 0;
	for (struct dirent *e; (e = readdir(d));)
		files += replay_file(dir, e->d_name);
	(void)closedir(d);
	return files;
}

int main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		int files = replay_folder(argv[i]);
		printf("ok %d - %d files of folder %d replayed\n", i, files, i);
	}
	return 0;
}

/* Files that ship inside the program: style sheet, scripts, fonts, icons. Their names hold a hash of their content, so that a browser may
 * keep them for ever. Made by tools/bundle and tools/assetgen. */
#pragma once

#include "web/html.h"

enum asset_encoding { ASSET_PLAIN, ASSET_GZIP, ASSET_BROTLI, ASSET__COUNT };

struct asset_file {
	const char *name;          /* "app.css" */
	const char *path;          /* "/assets/app.3f2a91c0.css" */
	const char *type;          /* "text/css; charset=utf-8" */
	const char *etag;          /* with its quotes */
	/* As Content-Encoding identity, gzip and br; n is 0 where an encoding would not be smaller. */
	struct {
		const char *p;
		size_t n;
	} bytes[ASSET__COUNT];
};

/* By the path of a request; NULL when there is none. */
const struct asset_file *asset_find(const char *path);

/* All of them. */
const struct asset_file *asset_files(size_t *ret_n);

/* A picture by its name at Tabler Icons, as <svg>; readers of the screen pass it over. The name stands there as a literal, or in
 * a table as `.icon = "..."`: the build looks for it. Prints nothing for a name that it did not find. */
struct raw icon(const char *name);

/* What tools/assetgen makes, for assets.c alone. */
#pragma once

#include "web/assets.h"

struct asset_icon {
	const char *name, *svg; /* all of <svg> */
};

extern const struct asset_file asset_data[];
extern const size_t asset_data_n;
extern const struct asset_icon asset_icons[]; /* by name */
extern const size_t asset_icons_n;

#include "web/assets_data.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

const struct asset_file *asset_files(size_t *ret_n)
{
	*ret_n = asset_data_n;
	return asset_data;
}

const struct asset_file *asset_find(const char *path)
{
	for (size_t i = 0; i < asset_data_n; i++) {
		if (text_equal(asset_data[i].path, path))
			return &asset_data[i];
	}
	return NULL;
}

struct url asset(const char *name)
{
	size_t i = 0;
	while (i < asset_data_n && !text_equal(asset_data[i].name, name))
		i++;
	assert(i < asset_data_n);
	return (struct url){ asset_data[i].path };
}

static int by_name(const void *name, const void *icon)
{
	return strcmp(name, ((const struct asset_icon *)icon)->name);
}

struct raw icon(const char *name)
{
	const struct asset_icon *found = bsearch(name, asset_icons, asset_icons_n, sizeof *asset_icons, by_name);
	return (struct raw){ found ? found->svg : "" };
}

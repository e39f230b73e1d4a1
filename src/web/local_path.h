/* Addresses that came from outside and to which somebody is sent on. */
#pragma once

#include "web/html.h"

/* The path when it leads nowhere but into this site ("/units/PL?period=2024"), else "". */
const char *local_path(const char *to);

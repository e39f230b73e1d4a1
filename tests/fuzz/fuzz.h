/* One target: must return for any bytes, without a crash, a leak or a broken assert. */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

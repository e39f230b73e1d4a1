/* What makes each installation; see demo.h. */
#pragma once

#include "demo/made.h"

enum err phu_ly_make(struct made *m, struct fault *f) MUST_CHECK;
enum err lam_dong_make(struct made *m, struct fault *f) MUST_CHECK;
enum err hai_phong_make(struct made *m, struct fault *f) MUST_CHECK;
enum err bac_binh_make(struct made *m, struct fault *f) MUST_CHECK;

#include "web/web_impl.h"

const char *openapi_text(struct arena *a)
{
	struct text t = TEXT(a);
	struct json j = JSON(&t);
	json_object(&j);
	json_key(&j, "openapi");
	json_string(&j, "3.1.0");
	json_object_end(&j);
	return text_str(&t);
}

enum err core_openapi(struct visit *v, struct fault *f)
{
	(void)f;
	struct text t = TEXT(v->a);
	text_add(&t, openapi_text(v->a));
	respond_json(v, 200, &t);
	return OK;
}

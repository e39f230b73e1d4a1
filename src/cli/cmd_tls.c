/* nguon tls: a certificate of one's own, for a server in the office network. */
#include "app/clock.h"
#include "cli/cli.h"
#include "http/cert.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const struct cli_option cmd_tls_options[] = {
	{ "name", "HOST|IP", "tên máy hoặc địa chỉ IP mà người dùng gõ; có thể ghi nhiều lần", "name or IP address that people type; may be given again" },
	{ "renew", NULL, "thay chứng thư đang có", "replaces the certificate that is there" },
	{ 0 }
};

static enum err failed(const char *path, struct fault *f)
{
	return FAULT(f, E_STORAGE, NULL, MSG_CLI_TLS_WRITE, path, strerror(errno));
}

static bool write_all(int fd, const char *text)
{
	for (size_t n = strlen(text); n > 0;) {
		ssize_t done = write(fd, text, n);
		if (done < 0)
			return false;
		text += done;
		n -= (size_t)done;
	}
	return fsync(fd) == 0;
}

/* Whole or not at all: beside it first, then in its place. */
static enum err put(struct cli *c, const char *path, const char *text, mode_t mode, struct fault *f)
{
	const char *beside = arena_printf(&c->arena, "%s.new", path);
	(void)unlink(beside);
	int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return failed(beside, f);
	bool written = write_all(fd, text);
	written = close(fd) == 0 && written;
	return written && rename(beside, path) == 0 ? OK : failed(path, f);
}

static size_t read_names(struct cli *c, const char **names)
{
	size_t n = 0;
	for (int i = 0; i < c->given_n; i++)
		if (strcmp(c->given[i].option->name, "name") == 0)
			names[n++] = c->given[i].value;
	return n;
}

static void print(struct cli *c, const char *cert_path, const struct cert_info *info)
{
	if (!c->json) {
		CLI_SAY(c, MSG_CLI_TLS_MADE, cert_path, cli_day(c, info->ends));
		CLI_SAY(c, MSG_CLI_TLS_FINGERPRINT, info->fingerprint);
		return;
	}
	struct text t = TEXT(&c->arena);
	struct json j = JSON(&t);
	json_object(&j);
	json_put_string(&j, "cert", cert_path);
	json_put_day(&j, "ends", info->ends);
	json_put_string(&j, "fingerprint", info->fingerprint);
	json_object_end(&j);
	cli_json(&t);
}

enum err cmd_tls(struct cli *c, struct fault *f)
{
	const char *names[CLI_OPTIONS_MAX], *any;
	struct cert cert;
	struct cert_info info;
	TRY(cli_words(c, 0, 0, f));
	TRY(cli_data(c, f));
	TRY(cli_required(c, "name", &any, f));
	const char *folder = arena_printf(&c->arena, "%s/tls", c->data);
	const char *cert_path = arena_printf(&c->arena, "%s/cert.pem", folder), *key_path = arena_printf(&c->arena, "%s/key.pem", folder);
	if (!cli_option(c, "renew") && (access(cert_path, F_OK) == 0 || access(key_path, F_OK) == 0))
		return FAULT(f, E_CONFLICT, NULL, MSG_CLI_TLS_THERE, folder);
	TRY(cert_make(names, read_names(c, names), day_known(c->today) ? c->today : clock_today(), &c->arena, &cert, f));
	TRY(cert_read(cert.cert, &c->arena, &info, f));
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return failed(folder, f);
	TRY(put(c, key_path, cert.key, 0600, f));
	TRY(put(c, cert_path, cert.cert, 0644, f));
	print(c, cert_path, &info);
	return OK;
}

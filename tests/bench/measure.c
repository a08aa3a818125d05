/* SPDX-License-Identifier: GPL-3.0-or-later */

/* measure [-r REPEATS] [-b COMMAND] [-o FILE] -- PROGRAM [ARGUMENT]...
 *
 * Run a program and print what it took: the median of its CPU seconds (user and system, of itself
 * and of children that it waited for), the largest resident set in MiB, the median of the seconds
 * until it ended.  -b: a shell command before each run, not measured.  -o: where its standard
 * output goes; /dev/null without it. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/number.h"

enum { REPEATS_MAX = 101, EXIT_USAGE = 2, EXIT_UNABLE = 3 };

static const double kib_per_mib = 1024;

struct taken {
	double cpu_s[REPEATS_MAX], wall_s[REPEATS_MAX];
	double rss_mib;
	int count;
};

static double now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static double seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void become(char *const argv[], const char *output)
{
	int out = open(output, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out >= 0 && dup2(out, STDOUT_FILENO) >= 0)
		(void)execvp(argv[0], argv);
	(void)fprintf(stderr, "measure: %s: %s\n", argv[0], strerror(errno));
	_exit(EXIT_UNABLE);
}

static bool run(char *const argv[], const char *output, struct taken *taken)
{
	struct rusage usage;
	int status;
	double began_s = now_s();
	pid_t pid = fork();
	if (pid == 0)
		become(argv, output);
	if (pid < 0 || wait4(pid, &status, 0, &usage) != pid)
		return false;
	taken->wall_s[taken->count] = now_s() - began_s;
	taken->cpu_s[taken->count++] = seconds(usage.ru_utime) + seconds(usage.ru_stime);
	if ((double)usage.ru_maxrss / kib_per_mib > taken->rss_mib)
		taken->rss_mib = (double)usage.ru_maxrss / kib_per_mib;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* What is not measured: puts things in order before a run. */
static bool prepare(char *command)
{
	char shell[] = "sh", option[] = "-c";
	char *const argv[] = {shell, option, command, NULL};
	struct taken ignored = {0};
	return command == NULL || run(argv, "/dev/null", &ignored);
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left;
	double b = *(const double *)right;
	return (a > b) - (a < b);
}

static double median(double *values, int count)
{
	qsort(values, (size_t)count, sizeof *values, compare);
	return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

/* What was asked for. */
struct asked {
	int64_t repeats;
	char *before;
	const char *output;
};

static bool read_option(int option, struct asked *asked)
{
	switch (option) {
	case 'r':
		return number_read_integer(span_of(optarg), 1, REPEATS_MAX, &asked->repeats, NULL);
	case 'b':
		asked->before = optarg;
		return true;
	case 'o':
		asked->output = optarg;
		return true;
	default:
		return false;
	}
}

static bool repeat(const struct asked *asked, char **command, struct taken *taken)
{
	while (taken->count < asked->repeats) {
		if (!prepare(asked->before))
			return false;
		if (!run(command, asked->output, taken)) {
			(void)fprintf(stderr, "measure: %s failed\n", command[0]);
			return false;
		}
	}
	return true;
}

int main(int argc, char **argv)
{
	struct taken taken = {0};
	struct asked asked = {.repeats = 1, .output = "/dev/null"};
	for (int option; (option = getopt(argc, argv, "+r:b:o:")) != -1;) {
		if (!read_option(option, &asked))
			return EXIT_USAGE;
	}
	if (optind == argc)
		return EXIT_USAGE;
	if (!repeat(&asked, argv + optind, &taken))
		return EXIT_UNABLE;
	return printf("%.5f %.1f %.5f\n", median(taken.cpu_s, taken.count), taken.rss_mib,
		      median(taken.wall_s, taken.count)) > 0
		       ? 0
		       : EXIT_UNABLE;
}

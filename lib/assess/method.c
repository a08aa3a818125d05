/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess/method.h"

#include <string.h>

#include "assess/escap.h"
#include "assess/eurostat.h"
#include "assess/opensdg.h"
#include "assess/sdr.h"
#include "assess/unchart.h"
#include "assess/weather.h"

static const struct method *const methods[] = {
	&weather_method, &eurostat_method, &opensdg_method,
	&sdr_method,	 &escap_method,	   &unchart_method,
};

const struct method *method_find(const char *name)
{
	if (name[0] == '\0')
		return methods[0];
	for (size_t i = 0; i < COUNT_OF(methods); i++) {
		if (strcmp(methods[i]->name, name) == 0)
			return methods[i];
	}
	return NULL;
}

const struct method *method_at(size_t index)
{
	return index < COUNT_OF(methods) ? methods[index] : NULL;
}

const char *method_name_at(size_t index)
{
	const struct method *method = method_at(index);
	return method != NULL ? method->name : NULL;
}

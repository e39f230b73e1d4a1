#include "app/fields.h"

#include <assert.h>

struct person_record_in person_record_none(void)
{
	struct person_record_in in = { 0 };
	const struct op *op = op_find("person_record");
	assert(op && op->in_size == sizeof in);
	fields_clear(op->fields, &in);
	return in;
}

struct fact_correct_in fact_correct_none(void)
{
	struct fact_correct_in in = { 0 };
	const struct op *op = op_find("fact_correct");
	assert(op && op->in_size == sizeof in);
	fields_clear(op->fields, &in);
	return in;
}

struct fact_record_in fact_record_none(void)
{
	struct fact_record_in in = { 0 };
	const struct op *op = op_find("fact_record");
	assert(op && op->in_size == sizeof in);
	fields_clear(op->fields, &in);
	return in;
}

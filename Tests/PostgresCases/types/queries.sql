-- name: EchoInt2 :one
SELECT @value::int2 AS value;

-- name: EchoMaybeInt2 :one
SELECT sqlc.narg(value)::int2 AS value;

-- name: EchoInt2List :one
SELECT @value::int2[] AS value;

-- name: EchoInt4 :one
SELECT @value::int4 AS value;

-- name: EchoMaybeInt4 :one
SELECT sqlc.narg(value)::int4 AS value;

-- name: EchoInt4List :one
SELECT @value::int4[] AS value;

-- name: EchoInt8 :one
SELECT @value::int8 AS value;

-- name: EchoMaybeInt8 :one
SELECT sqlc.narg(value)::int8 AS value;

-- name: EchoInt8List :one
SELECT @value::int8[] AS value;

-- name: EchoFloat4 :one
SELECT @value::float4 AS value;

-- name: EchoMaybeFloat4 :one
SELECT sqlc.narg(value)::float4 AS value;

-- name: EchoFloat4List :one
SELECT @value::float4[] AS value;

-- name: EchoFloat8 :one
SELECT @value::float8 AS value;

-- name: EchoMaybeFloat8 :one
SELECT sqlc.narg(value)::float8 AS value;

-- name: EchoFloat8List :one
SELECT @value::float8[] AS value;

-- name: EchoBool :one
SELECT @value::bool AS value;

-- name: EchoMaybeBool :one
SELECT sqlc.narg(value)::bool AS value;

-- name: EchoBoolList :one
SELECT @value::bool[] AS value;

-- name: EchoText :one
SELECT @value::text AS value;

-- name: EchoMaybeText :one
SELECT sqlc.narg(value)::text AS value;

-- name: EchoTextList :one
SELECT @value::text[] AS value;

-- name: EchoVarchar :one
SELECT @value::varchar AS value;

-- name: EchoMaybeVarchar :one
SELECT sqlc.narg(value)::varchar AS value;

-- name: EchoVarcharList :one
SELECT @value::varchar[] AS value;

-- name: EchoName :one
SELECT @value::name AS value;

-- name: EchoMaybeName :one
SELECT sqlc.narg(value)::name AS value;

-- name: EchoNameList :one
SELECT @value::name[] AS value;

-- name: EchoBytea :one
SELECT @value::bytea AS value;

-- name: EchoMaybeBytea :one
SELECT sqlc.narg(value)::bytea AS value;

-- name: EchoByteaList :one
SELECT @value::bytea[] AS value;

-- name: EchoUuid :one
SELECT @value::uuid AS value;

-- name: EchoMaybeUuid :one
SELECT sqlc.narg(value)::uuid AS value;

-- name: EchoUuidList :one
SELECT @value::uuid[] AS value;

-- name: EchoTimestamptz :one
SELECT @value::timestamptz AS value;

-- name: EchoMaybeTimestamptz :one
SELECT sqlc.narg(value)::timestamptz AS value;

-- name: EchoTimestamptzList :one
SELECT @value::timestamptz[] AS value;

-- name: EchoTimestamp :one
SELECT @value::timestamp AS value;

-- name: EchoMaybeTimestamp :one
SELECT sqlc.narg(value)::timestamp AS value;

-- name: EchoTimestampList :one
SELECT @value::timestamp[] AS value;

-- name: EchoDate :one
SELECT @value::date AS value;

-- name: EchoMaybeDate :one
SELECT sqlc.narg(value)::date AS value;

-- name: EchoDateList :one
SELECT @value::date[] AS value;

-- name: EchoTime :one
SELECT @value::time AS value;

-- name: EchoMaybeTime :one
SELECT sqlc.narg(value)::time AS value;

-- name: EchoTimeList :one
SELECT @value::time[] AS value;

-- name: EchoTimetz :one
SELECT @value::timetz AS value;

-- name: EchoMaybeTimetz :one
SELECT sqlc.narg(value)::timetz AS value;

-- name: EchoTimetzList :one
SELECT @value::timetz[] AS value;

-- name: EchoInterval :one
SELECT @value::interval AS value;

-- name: EchoMaybeInterval :one
SELECT sqlc.narg(value)::interval AS value;

-- name: EchoIntervalList :one
SELECT @value::interval[] AS value;

-- name: EchoNumeric :one
SELECT @value::numeric AS value;

-- name: EchoMaybeNumeric :one
SELECT sqlc.narg(value)::numeric AS value;

-- name: EchoNumericList :one
SELECT @value::numeric[] AS value;

-- name: EchoMoney :one
SELECT @value::money AS value;

-- name: EchoMaybeMoney :one
SELECT sqlc.narg(value)::money AS value;

-- name: EchoMoneyList :one
SELECT @value::money[] AS value;

-- name: EchoJson :one
SELECT @value::json AS value;

-- name: EchoMaybeJson :one
SELECT sqlc.narg(value)::json AS value;

-- name: EchoJsonList :one
SELECT @value::json[] AS value;

-- name: EchoJsonb :one
SELECT @value::jsonb AS value;

-- name: EchoMaybeJsonb :one
SELECT sqlc.narg(value)::jsonb AS value;

-- name: EchoJsonbList :one
SELECT @value::jsonb[] AS value;

-- name: EchoInet :one
SELECT @value::inet AS value;

-- name: EchoMaybeInet :one
SELECT sqlc.narg(value)::inet AS value;

-- name: EchoInetList :one
SELECT @value::inet[] AS value;

-- name: EchoCidr :one
SELECT @value::cidr AS value;

-- name: EchoMaybeCidr :one
SELECT sqlc.narg(value)::cidr AS value;

-- name: EchoCidrList :one
SELECT @value::cidr[] AS value;

-- name: EchoMacaddr :one
SELECT @value::macaddr AS value;

-- name: EchoMaybeMacaddr :one
SELECT sqlc.narg(value)::macaddr AS value;

-- name: EchoMacaddrList :one
SELECT @value::macaddr[] AS value;

-- name: EchoVarbit :one
SELECT @value::varbit AS value;

-- name: EchoMaybeVarbit :one
SELECT sqlc.narg(value)::varbit AS value;

-- name: EchoVarbitList :one
SELECT @value::varbit[] AS value;

-- name: EchoTsvector :one
SELECT @value::tsvector AS value;

-- name: EchoMaybeTsvector :one
SELECT sqlc.narg(value)::tsvector AS value;

-- name: EchoTsquery :one
SELECT @value::tsquery AS value;

-- name: EchoMaybeTsquery :one
SELECT sqlc.narg(value)::tsquery AS value;

-- name: EchoOid :one
SELECT @value::oid AS value;

-- name: EchoMaybeOid :one
SELECT sqlc.narg(value)::oid AS value;

-- name: EchoOidList :one
SELECT @value::oid[] AS value;

-- name: EchoLetter :one
SELECT @value::"char" AS value;

-- name: EchoMaybeLetter :one
SELECT sqlc.narg(value)::"char" AS value;

-- name: EchoLetterList :one
SELECT @value::"char"[] AS value;

-- name: EchoInt4range :one
SELECT @value::int4range AS value;

-- name: EchoMaybeInt4range :one
SELECT sqlc.narg(value)::int4range AS value;

-- name: EchoInt4rangeList :one
SELECT @value::int4range[] AS value;

-- name: EchoInt8range :one
SELECT @value::int8range AS value;

-- name: EchoMaybeInt8range :one
SELECT sqlc.narg(value)::int8range AS value;

-- name: EchoInt8rangeList :one
SELECT @value::int8range[] AS value;

-- name: EchoNumrange :one
SELECT @value::numrange AS value;

-- name: EchoMaybeNumrange :one
SELECT sqlc.narg(value)::numrange AS value;

-- name: EchoNumrangeList :one
SELECT @value::numrange[] AS value;

-- name: EchoTstzrange :one
SELECT @value::tstzrange AS value;

-- name: EchoMaybeTstzrange :one
SELECT sqlc.narg(value)::tstzrange AS value;

-- name: EchoTstzrangeList :one
SELECT @value::tstzrange[] AS value;

-- name: EchoTsrange :one
SELECT @value::tsrange AS value;

-- name: EchoMaybeTsrange :one
SELECT sqlc.narg(value)::tsrange AS value;

-- name: EchoTsrangeList :one
SELECT @value::tsrange[] AS value;

-- name: EchoDaterange :one
SELECT @value::daterange AS value;

-- name: EchoMaybeDaterange :one
SELECT sqlc.narg(value)::daterange AS value;

-- name: EchoDaterangeList :one
SELECT @value::daterange[] AS value;

-- name: EchoInt4multirange :one
SELECT @value::int4multirange AS value;

-- name: EchoMaybeInt4multirange :one
SELECT sqlc.narg(value)::int4multirange AS value;

-- name: EchoInt4multirangeList :one
SELECT @value::int4multirange[] AS value;

-- name: EchoInt8multirange :one
SELECT @value::int8multirange AS value;

-- name: EchoMaybeInt8multirange :one
SELECT sqlc.narg(value)::int8multirange AS value;

-- name: EchoInt8multirangeList :one
SELECT @value::int8multirange[] AS value;

-- name: EchoNummultirange :one
SELECT @value::nummultirange AS value;

-- name: EchoMaybeNummultirange :one
SELECT sqlc.narg(value)::nummultirange AS value;

-- name: EchoNummultirangeList :one
SELECT @value::nummultirange[] AS value;

-- name: EchoDatemultirange :one
SELECT @value::datemultirange AS value;

-- name: EchoMaybeDatemultirange :one
SELECT sqlc.narg(value)::datemultirange AS value;

-- name: EchoDatemultirangeList :one
SELECT @value::datemultirange[] AS value;

-- name: EchoTstzmultirange :one
SELECT @value::tstzmultirange AS value;

-- name: EchoMaybeTstzmultirange :one
SELECT sqlc.narg(value)::tstzmultirange AS value;

-- name: EchoTstzmultirangeList :one
SELECT @value::tstzmultirange[] AS value;

-- name: EchoFeeling :one
SELECT @value::feeling AS value;

-- name: EchoMaybeFeeling :one
SELECT sqlc.narg(value)::feeling AS value;

-- name: EchoFeelingList :one
SELECT @value::feeling[] AS value;

-- name: EchoEmail :one
SELECT @value::email AS value;

-- name: EchoMaybeEmail :one
SELECT sqlc.narg(value)::email AS value;

-- name: EchoEmailList :one
SELECT @value::email[] AS value;

-- name: EchoPair :one
SELECT @value::pair AS value;

-- name: EchoMaybePair :one
SELECT sqlc.narg(value)::pair AS value;

-- name: EchoPairList :one
SELECT @value::pair[] AS value;

-- name: AddEverything :one
INSERT INTO everything (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: CopyEverything :copyfrom
INSERT INTO everything (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
);

-- name: BatchEverything :batchone
INSERT INTO everything (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: ListEverything :many
SELECT * FROM everything;

-- name: AddSometimes :one
INSERT INTO sometimes (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: CopySometimes :copyfrom
INSERT INTO sometimes (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
);

-- name: BatchSometimes :batchone
INSERT INTO sometimes (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_tsvector, a_tsquery, a_oid, a_letter, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_tsvector, @a_tsquery, @a_oid, @a_letter, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: ListSometimes :many
SELECT * FROM sometimes;

-- name: AddLists :one
INSERT INTO lists (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_oid, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_oid, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: CopyLists :copyfrom
INSERT INTO lists (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_oid, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_oid, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
);

-- name: BatchLists :batchone
INSERT INTO lists (
  a_int2, a_int4, a_int8, a_float4, a_float8, a_bool, a_text, a_varchar, a_name, a_bytea, a_uuid, a_timestamptz,
  a_timestamp, a_date, a_time, a_timetz, a_interval, a_numeric, a_money, a_json, a_jsonb, a_inet, a_cidr, a_macaddr,
  a_varbit, a_oid, a_int4range, a_int8range, a_numrange, a_tstzrange,
  a_tsrange, a_daterange, a_int4multirange, a_int8multirange, a_nummultirange, a_datemultirange, a_tstzmultirange,
  a_feeling, a_email, a_pair
) VALUES (
  @a_int2, @a_int4, @a_int8, @a_float4, @a_float8, @a_bool, @a_text, @a_varchar, @a_name, @a_bytea, @a_uuid,
  @a_timestamptz, @a_timestamp, @a_date, @a_time, @a_timetz, @a_interval, @a_numeric, @a_money, @a_json, @a_jsonb,
  @a_inet, @a_cidr, @a_macaddr, @a_varbit, @a_oid, @a_int4range,
  @a_int8range, @a_numrange, @a_tstzrange, @a_tsrange, @a_daterange, @a_int4multirange, @a_int8multirange,
  @a_nummultirange, @a_datemultirange, @a_tstzmultirange, @a_feeling, @a_email, @a_pair
) RETURNING *;

-- name: ListLists :many
SELECT * FROM lists;

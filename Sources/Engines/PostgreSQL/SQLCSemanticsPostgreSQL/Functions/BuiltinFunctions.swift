// Written by scripts/postgresql-functions; do not edit.

/// The functions of `pg_catalog` that are not NULL without a reason, for `FunctionTable`.
let builtinFunctions = FunctionTable(
  """
  =total
  abbrev cidr|inet;abs float4|float8|int2|int4|int8|numeric;aclcontains _aclitem,aclitem;acldefault char,oid
  aclexplode _aclitem;aclitemeq aclitem,aclitem;acos float8;acosd float8;acosh float8
  age timestamp|timestamp,timestamp|timestamptz|timestamptz,timestamptz|xid;amvalidate oid
  any_value_transfn anyelement,anyelement;anyarray_send anyarray;anycompatiblearray_send anycompatiblearray
  anytextcat anynonarray,text;area box|circle;array_eq anyarray,anyarray;array_ge anyarray,anyarray
  array_gt anyarray,anyarray;array_larger anyarray,anyarray;array_le anyarray,anyarray;array_lt anyarray,anyarray
  array_ne anyarray,anyarray;array_reverse anyarray;array_sample anyarray,int4;array_send anyarray
  array_shuffle anyarray;array_smaller anyarray,anyarray;array_sort anyarray|anyarray,bool|anyarray,bool,bool
  array_to_json anyarray|anyarray,bool;array_to_string anyarray,text;array_to_tsvector _text
  arraycontained anyarray,anyarray;arraycontains anyarray,anyarray;arrayoverlap anyarray,anyarray;ascii text
  asin float8;asind float8;asinh float8;atan float8;atan2 float8,float8;atan2d float8,float8;atand float8;atanh float8
  binary_upgrade_logical_slot_has_caught_up name;binary_upgrade_set_missing_value oid,text,text
  binary_upgrade_set_next_array_pg_type_oid oid;binary_upgrade_set_next_heap_pg_class_oid oid
  binary_upgrade_set_next_heap_relfilenode oid;binary_upgrade_set_next_index_pg_class_oid oid
  binary_upgrade_set_next_index_relfilenode oid;binary_upgrade_set_next_multirange_array_pg_type_oid oid
  binary_upgrade_set_next_multirange_pg_type_oid oid;binary_upgrade_set_next_pg_authid_oid oid
  binary_upgrade_set_next_pg_enum_oid oid;binary_upgrade_set_next_pg_tablespace_oid oid
  binary_upgrade_set_next_pg_type_oid oid;binary_upgrade_set_next_toast_pg_class_oid oid
  binary_upgrade_set_next_toast_relfilenode oid;binary_upgrade_set_record_init_privs bool
  bit bit,int4,bool|int4,int4|int8,int4;bit_count bit|bytea;bit_length bit|bytea|text;bit_send bit;bitand bit,bit
  bitcat varbit,varbit;bitcmp bit,bit;biteq bit,bit;bitge bit,bit;bitgt bit,bit;bitle bit,bit;bitlt bit,bit
  bitne bit,bit;bitnot bit;bitor bit,bit;bitshiftleft bit,int4;bitshiftright bit,int4;bitxor bit,bit;bool int4
  booland_statefunc bool,bool;booleq bool,bool;boolge bool,bool;boolgt bool,bool;boolle bool,bool;boollt bool,bool
  boolne bool,bool;boolor_statefunc bool,bool;boolsend bool;bound_box box,box;box circle|point|point,point|polygon
  box_above box,box;box_above_eq box,box;box_add box,point;box_below box,box;box_below_eq box,box;box_center box
  box_contain box,box;box_contain_pt box,point;box_contained box,box;box_distance box,box;box_div box,point
  box_eq box,box;box_ge box,box;box_gt box,box;box_le box,box;box_left box,box;box_lt box,box;box_mul box,point
  box_overabove box,box;box_overbelow box,box;box_overlap box,box;box_overleft box,box;box_overright box,box
  box_right box,box;box_same box,box;box_send box;box_sub box,point;bpchar bpchar,int4,bool|char|name
  bpchar_larger bpchar,bpchar;bpchar_pattern_ge bpchar,bpchar;bpchar_pattern_gt bpchar,bpchar
  bpchar_pattern_le bpchar,bpchar;bpchar_pattern_lt bpchar,bpchar;bpchar_smaller bpchar,bpchar;bpcharcmp bpchar,bpchar
  bpchareq bpchar,bpchar;bpcharge bpchar,bpchar;bpchargt bpchar,bpchar;bpchariclike bpchar,text
  bpcharicnlike bpchar,text;bpcharicregexeq bpchar,text;bpcharicregexne bpchar,text;bpcharle bpchar,bpchar
  bpcharlike bpchar,text;bpcharlt bpchar,bpchar;bpcharne bpchar,bpchar;bpcharnlike bpchar,text
  bpcharregexeq bpchar,text;bpcharregexne bpchar,text;bpcharsend bpchar;brin_bloom_summary_send pg_brin_bloom_summary
  brin_desummarize_range regclass,int8;brin_minmax_multi_summary_send pg_brin_minmax_multi_summary
  brin_summarize_new_values regclass;brin_summarize_range regclass,int8;broadcast inet;btarraycmp anyarray,anyarray
  btboolcmp bool,bool;btbpchar_pattern_cmp bpchar,bpchar;btcharcmp char,char;btequalimage oid
  btfloat48cmp float4,float8;btfloat4cmp float4,float4;btfloat84cmp float8,float4;btfloat8cmp float8,float8
  btint24cmp int2,int4;btint28cmp int2,int8;btint2cmp int2,int2;btint42cmp int4,int2;btint48cmp int4,int8
  btint4cmp int4,int4;btint82cmp int8,int2;btint84cmp int8,int4;btint8cmp int8,int8;btnamecmp name,name
  btnametextcmp name,text;btoidcmp oid,oid;btoidvectorcmp oidvector,oidvector;btrecordcmp record,record
  btrecordimagecmp record,record;btrim bytea,bytea|text|text,text;bttext_pattern_cmp text,text;bttextcmp text,text
  bttextnamecmp text,name;bttidcmp tid,tid;btvarstrequalimage oid;bytea int2|int4|int8;bytea_larger bytea,bytea
  bytea_smaller bytea,bytea;byteacat bytea,bytea;byteacmp bytea,bytea;byteaeq bytea,bytea;byteage bytea,bytea
  byteagt bytea,bytea;byteale bytea,bytea;bytealike bytea,bytea;bytealt bytea,bytea;byteane bytea,bytea
  byteanlike bytea,bytea;byteasend bytea;cardinality anyarray;casefold text;cash_cmp money,money
  cash_div_cash money,money;cash_div_flt4 money,float4;cash_div_flt8 money,float8;cash_div_int2 money,int2
  cash_div_int4 money,int4;cash_div_int8 money,int8;cash_eq money,money;cash_ge money,money;cash_gt money,money
  cash_le money,money;cash_lt money,money;cash_mi money,money;cash_mul_flt4 money,float4;cash_mul_flt8 money,float8
  cash_mul_int2 money,int2;cash_mul_int4 money,int4;cash_mul_int8 money,int8;cash_ne money,money;cash_pl money,money
  cash_send money;cash_words money;cashlarger money,money;cashsmaller money,money;cbrt float8;ceil float8|numeric
  ceiling float8|numeric;center box|circle;char int4|text;char_length bpchar|text;character_length bpchar|text
  chareq char,char;charge char,char;chargt char,char;charle char,char;charlt char,char;charne char,char;charsend char
  chr int4;cideq cid,cid;cidr inet;cidr_send cidr;cidsend cid;circle box|point,float8|polygon
  circle_above circle,circle;circle_add_pt circle,point;circle_below circle,circle;circle_center circle
  circle_contain circle,circle;circle_contain_pt circle,point;circle_contained circle,circle
  circle_distance circle,circle;circle_div_pt circle,point;circle_eq circle,circle;circle_ge circle,circle
  circle_gt circle,circle;circle_le circle,circle;circle_left circle,circle;circle_lt circle,circle
  circle_mul_pt circle,point;circle_ne circle,circle;circle_overabove circle,circle;circle_overbelow circle,circle
  circle_overlap circle,circle;circle_overleft circle,circle;circle_overright circle,circle;circle_right circle,circle
  circle_same circle,circle;circle_send circle;circle_sub_pt circle,point;clock_timestamp;convert bytea,name,name
  convert_from bytea,name;convert_to text,name;cos float8;cosd float8;cosh float8;cot float8;cotd float8;crc32 bytea
  crc32c bytea;current_database;current_schemas bool;current_setting text;current_user;currtid2 text,tid
  currval regclass;cursor_to_xml refcursor,int4,bool,bool,text;cursor_to_xmlschema refcursor,bool,bool,text
  database_to_xml bool,bool,text;database_to_xml_and_xmlschema bool,bool,text;database_to_xmlschema bool,bool,text
  date timestamp|timestamptz;date_add timestamptz,interval|timestamptz,interval,text
  date_bin interval,timestamp,timestamp|interval,timestamptz,timestamptz;date_cmp date,date
  date_cmp_timestamp date,timestamp;date_cmp_timestamptz date,timestamptz;date_eq date,date
  date_eq_timestamp date,timestamp;date_eq_timestamptz date,timestamptz;date_ge date,date
  date_ge_timestamp date,timestamp;date_ge_timestamptz date,timestamptz;date_gt date,date
  date_gt_timestamp date,timestamp;date_gt_timestamptz date,timestamptz;date_larger date,date;date_le date,date
  date_le_timestamp date,timestamp;date_le_timestamptz date,timestamptz;date_lt date,date
  date_lt_timestamp date,timestamp;date_lt_timestamptz date,timestamptz;date_mi date,date
  date_mi_interval date,interval;date_mii date,int4;date_ne date,date;date_ne_timestamp date,timestamp
  date_ne_timestamptz date,timestamptz;date_part text,time|text,timetz;date_pl_interval date,interval
  date_pli date,int4;date_send date;date_smaller date,date
  date_subtract timestamptz,interval|timestamptz,interval,text
  date_trunc text,interval|text,timestamp|text,timestamptz|text,timestamptz,text;datemultirange |_daterange|daterange
  daterange_canonical daterange;daterange_subdiff date,date;datetime_pl date,time;datetimetz_pl date,timetz
  dcbrt float8;decode text,text;degrees float8;dexp float8;diagonal box;diameter circle;dist_bp box,point
  dist_bs box,lseg;dist_cpoint circle,point;dist_cpoly circle,polygon;dist_lp line,point;dist_ls line,lseg
  dist_pathp path,point;dist_pb point,box;dist_pc point,circle;dist_pl point,line;dist_polyc polygon,circle
  dist_polyp polygon,point;dist_ppath point,path;dist_ppoly point,polygon;dist_ps point,lseg;dist_sb lseg,box
  dist_sl lseg,line;dist_sp lseg,point;div numeric,numeric;dlog1 float8;dlog10 float8;dpow float8,float8;dround float8
  dsqrt float8;dtrunc float8;elem_contained_by_multirange anyelement,anymultirange
  elem_contained_by_range anyelement,anyrange;encode bytea,text;enum_cmp anyenum,anyenum;enum_eq anyenum,anyenum
  enum_ge anyenum,anyenum;enum_gt anyenum,anyenum;enum_larger anyenum,anyenum;enum_le anyenum,anyenum
  enum_lt anyenum,anyenum;enum_ne anyenum,anyenum;enum_send anyenum;enum_smaller anyenum,anyenum;erf float8
  erfc float8;exp float8|numeric;extract text,time|text,timetz;factorial int8;family inet
  float4 float8|int2|int4|int8|numeric;float48div float4,float8;float48eq float4,float8;float48ge float4,float8
  float48gt float4,float8;float48le float4,float8;float48lt float4,float8;float48mi float4,float8
  float48mul float4,float8;float48ne float4,float8;float48pl float4,float8;float4_accum _float8,float4
  float4abs float4;float4div float4,float4;float4eq float4,float4;float4ge float4,float4;float4gt float4,float4
  float4larger float4,float4;float4le float4,float4;float4lt float4,float4;float4mi float4,float4
  float4mul float4,float4;float4ne float4,float4;float4pl float4,float4;float4send float4;float4smaller float4,float4
  float4um float4;float4up float4;float8 float4|int2|int4|int8|numeric;float84div float8,float4
  float84eq float8,float4;float84ge float8,float4;float84gt float8,float4;float84le float8,float4
  float84lt float8,float4;float84mi float8,float4;float84mul float8,float4;float84ne float8,float4
  float84pl float8,float4;float8_accum _float8,float8;float8_combine _float8,_float8
  float8_regr_accum _float8,float8,float8;float8_regr_combine _float8,_float8;float8abs float8;float8div float8,float8
  float8eq float8,float8;float8ge float8,float8;float8gt float8,float8;float8larger float8,float8
  float8le float8,float8;float8lt float8,float8;float8mi float8,float8;float8mul float8,float8;float8ne float8,float8
  float8pl float8,float8;float8send float8;float8smaller float8,float8;float8um float8;float8up float8
  floor float8|numeric;flt4_mul_cash float4,money;flt8_mul_cash float8,money;fmgr_c_validator oid
  fmgr_internal_validator oid;fmgr_sql_validator oid;gamma float8;gcd int4,int4|int8,int8|numeric,numeric
  gen_random_uuid
  generate_series int4,int4|int4,int4,int4|int8,int8|int8,int8,int8|numeric,numeric|numeric,numeric,numeric|timestamp,timestamp,interval|timestamptz,timestamptz,interval|timestamptz,timestamptz,interval,text
  generate_subscripts anyarray,int4|anyarray,int4,bool;get_bit bit,int4|bytea,int8;get_byte bytea,int4
  get_current_ts_config;getdatabaseencoding;getpgusername;gin_clean_pending_list regclass;gin_cmp_tslexeme text,text
  gin_compare_jsonb text,text;gist_translate_cmptype_common int4
  has_any_column_privilege name,text,text|oid,text,text|text,text
  has_database_privilege name,text,text|oid,text,text|text,text
  has_foreign_data_wrapper_privilege name,text,text|oid,text,text|text,text
  has_function_privilege name,text,text|oid,text,text|text,text
  has_language_privilege name,text,text|oid,text,text|text,text
  has_parameter_privilege name,text,text|oid,text,text|text,text
  has_schema_privilege name,text,text|oid,text,text|text,text
  has_sequence_privilege name,text,text|oid,text,text|text,text
  has_server_privilege name,text,text|oid,text,text|text,text
  has_table_privilege name,text,text|oid,text,text|text,text
  has_tablespace_privilege name,text,text|oid,text,text|text,text
  has_type_privilege name,text,text|oid,text,text|text,text;hash_aclitem aclitem;hash_aclitem_extended aclitem,int8
  hash_array anyarray;hash_array_extended anyarray,int8;hash_multirange anymultirange
  hash_multirange_extended anymultirange,int8;hash_numeric numeric;hash_numeric_extended numeric,int8
  hash_range anyrange;hash_range_extended anyrange,int8;hash_record record;hash_record_extended record,int8
  hashbool bool;hashboolextended bool,int8;hashbpchar bpchar;hashbpcharextended bpchar,int8;hashbytea bytea
  hashbyteaextended bytea,int8;hashchar char;hashcharextended char,int8;hashcid cid;hashcidextended cid,int8
  hashdate date;hashdateextended date,int8;hashenum anyenum;hashenumextended anyenum,int8;hashfloat4 float4
  hashfloat4extended float4,int8;hashfloat8 float8;hashfloat8extended float8,int8;hashinet inet
  hashinetextended inet,int8;hashint2 int2;hashint2extended int2,int8;hashint4 int4;hashint4extended int4,int8
  hashint8 int8;hashint8extended int8,int8;hashmacaddr macaddr;hashmacaddr8 macaddr8
  hashmacaddr8extended macaddr8,int8;hashmacaddrextended macaddr,int8;hashname name;hashnameextended name,int8
  hashoid oid;hashoidextended oid,int8;hashoidvector oidvector;hashoidvectorextended oidvector,int8;hashtext text
  hashtextextended text,int8;hashtid tid;hashtidextended tid,int8;hashxid xid;hashxid8 xid8;hashxid8extended xid8,int8
  hashxidextended xid,int8;height box;host inet;hostmask inet
  in_range date,date,interval,bool,bool|float4,float4,float8,bool,bool|float8,float8,float8,bool,bool|int2,int2,int2,bool,bool|int2,int2,int4,bool,bool|int2,int2,int8,bool,bool|int4,int4,int2,bool,bool|int4,int4,int4,bool,bool|int4,int4,int8,bool,bool|int8,int8,int8,bool,bool|interval,interval,interval,bool,bool|numeric,numeric,numeric,bool,bool|time,time,interval,bool,bool|timestamp,timestamp,interval,bool,bool|timestamptz,timestamptz,interval,bool,bool|timetz,timetz,interval,bool,bool
  inet_merge inet,inet;inet_same_family inet,inet;inet_send inet;inetand inet,inet;inetmi inet,inet
  inetmi_int8 inet,int8;inetnot inet;inetor inet,inet;inetpl inet,int8;initcap text
  int2 bytea|float4|float8|int4|int8|numeric;int24div int2,int4;int24eq int2,int4;int24ge int2,int4;int24gt int2,int4
  int24le int2,int4;int24lt int2,int4;int24mi int2,int4;int24mul int2,int4;int24ne int2,int4;int24pl int2,int4
  int28div int2,int8;int28eq int2,int8;int28ge int2,int8;int28gt int2,int8;int28le int2,int8;int28lt int2,int8
  int28mi int2,int8;int28mul int2,int8;int28ne int2,int8;int28pl int2,int8;int2_avg_accum _int8,int2
  int2_avg_accum_inv _int8,int2;int2_mul_cash int2,money;int2abs int2;int2and int2,int2;int2div int2,int2
  int2eq int2,int2;int2ge int2,int2;int2gt int2,int2;int2larger int2,int2;int2le int2,int2;int2lt int2,int2
  int2mi int2,int2;int2mod int2,int2;int2mul int2,int2;int2ne int2,int2;int2not int2;int2or int2,int2;int2pl int2,int2
  int2send int2;int2shl int2,int4;int2shr int2,int4;int2smaller int2,int2;int2um int2;int2up int2
  int2vectorsend int2vector;int2xor int2,int2;int4 bit|bool|bytea|char|float4|float8|int2|int8|numeric
  int42div int4,int2;int42eq int4,int2;int42ge int4,int2;int42gt int4,int2;int42le int4,int2;int42lt int4,int2
  int42mi int4,int2;int42mul int4,int2;int42ne int4,int2;int42pl int4,int2;int48div int4,int8;int48eq int4,int8
  int48ge int4,int8;int48gt int4,int8;int48le int4,int8;int48lt int4,int8;int48mi int4,int8;int48mul int4,int8
  int48ne int4,int8;int48pl int4,int8;int4_avg_accum _int8,int4;int4_avg_accum_inv _int8,int4
  int4_avg_combine _int8,_int8;int4_mul_cash int4,money;int4abs int4;int4and int4,int4;int4div int4,int4
  int4eq int4,int4;int4ge int4,int4;int4gt int4,int4;int4inc int4;int4larger int4,int4;int4le int4,int4
  int4lt int4,int4;int4mi int4,int4;int4mod int4,int4;int4mul int4,int4;int4multirange |_int4range|int4range
  int4ne int4,int4;int4not int4;int4or int4,int4;int4pl int4,int4;int4range_canonical int4range
  int4range_subdiff int4,int4;int4send int4;int4shl int4,int4;int4shr int4,int4;int4smaller int4,int4;int4um int4
  int4up int4;int4xor int4,int4;int8 bit|bytea|float4|float8|int2|int4|numeric|oid;int82div int8,int2
  int82eq int8,int2;int82ge int8,int2;int82gt int8,int2;int82le int8,int2;int82lt int8,int2;int82mi int8,int2
  int82mul int8,int2;int82ne int8,int2;int82pl int8,int2;int84div int8,int4;int84eq int8,int4;int84ge int8,int4
  int84gt int8,int4;int84le int8,int4;int84lt int8,int4;int84mi int8,int4;int84mul int8,int4;int84ne int8,int4
  int84pl int8,int4;int8_mul_cash int8,money;int8abs int8;int8and int8,int8;int8dec int8;int8dec_any int8,any
  int8div int8,int8;int8eq int8,int8;int8ge int8,int8;int8gt int8,int8;int8inc int8;int8inc_any int8,any
  int8inc_float8_float8 int8,float8,float8;int8larger int8,int8;int8le int8,int8;int8lt int8,int8;int8mi int8,int8
  int8mod int8,int8;int8mul int8,int8;int8multirange |_int8range|int8range;int8ne int8,int8;int8not int8
  int8or int8,int8;int8pl int8,int8;int8range_canonical int8range;int8range_subdiff int8,int8;int8send int8
  int8shl int8,int4;int8shr int8,int4;int8smaller int8,int8;int8um int8;int8up int8;int8xor int8,int8
  integer_pl_date int4,date;inter_lb line,box;inter_sb lseg,box;inter_sl lseg,line;interval interval,int4|time
  interval_accum _interval,interval;interval_accum_inv _interval,interval;interval_cmp interval,interval
  interval_combine _interval,_interval;interval_div interval,float8;interval_eq interval,interval
  interval_ge interval,interval;interval_gt interval,interval;interval_hash interval
  interval_hash_extended interval,int8;interval_larger interval,interval;interval_le interval,interval
  interval_lt interval,interval;interval_mi interval,interval;interval_mul interval,float8
  interval_ne interval,interval;interval_pl interval,interval;interval_pl_date interval,date
  interval_pl_time interval,time;interval_pl_timestamp interval,timestamp;interval_pl_timestamptz interval,timestamptz
  interval_pl_timetz interval,timetz;interval_send interval;interval_smaller interval,interval;interval_um interval
  is_normalized text,text;isclosed path;isempty anymultirange|anyrange;isfinite date|interval|timestamp|timestamptz
  ishorizontal line|lseg|point,point;isopen path;isparallel line,line|lseg,lseg;isperp line,line|lseg,lseg
  isvertical line|lseg|point,point;json_array_elements json;json_array_length json;json_each json
  json_object _text|_text,_text;json_object_keys json;json_send json;json_strip_nulls json|json,bool
  json_to_tsvector json,jsonb|regconfig,json,jsonb;json_typeof json;jsonb_array_elements jsonb
  jsonb_array_length jsonb;jsonb_cmp jsonb,jsonb;jsonb_concat jsonb,jsonb;jsonb_contained jsonb,jsonb
  jsonb_contains jsonb,jsonb;jsonb_delete jsonb,_text|jsonb,int4|jsonb,text;jsonb_delete_path jsonb,_text
  jsonb_each jsonb;jsonb_eq jsonb,jsonb;jsonb_exists jsonb,text;jsonb_exists_all jsonb,_text
  jsonb_exists_any jsonb,_text;jsonb_ge jsonb,jsonb;jsonb_gt jsonb,jsonb;jsonb_hash jsonb
  jsonb_hash_extended jsonb,int8;jsonb_insert jsonb,_text,jsonb,bool;jsonb_le jsonb,jsonb;jsonb_lt jsonb,jsonb
  jsonb_ne jsonb,jsonb;jsonb_object _text|_text,_text;jsonb_object_keys jsonb
  jsonb_path_query jsonb,jsonpath,jsonb,bool;jsonb_path_query_array jsonb,jsonpath,jsonb,bool
  jsonb_path_query_array_tz jsonb,jsonpath,jsonb,bool;jsonb_path_query_tz jsonb,jsonpath,jsonb,bool;jsonb_pretty jsonb
  jsonb_send jsonb;jsonb_set jsonb,_text,jsonb,bool;jsonb_strip_nulls jsonb|jsonb,bool
  jsonb_to_tsvector jsonb,jsonb|regconfig,jsonb,jsonb;jsonb_typeof jsonb;jsonpath_send jsonpath;justify_days interval
  justify_hours interval;justify_interval interval;lastval;lcm int4,int4|int8,int8|numeric,numeric;left text,int4
  length bit|bpchar|bytea|bytea,name|lseg|path|text|tsvector;lgamma float8;like bytea,bytea|name,text|text,text
  like_escape bytea,bytea|text,text;line point,point;line_distance line,line;line_eq line,line;line_horizontal line
  line_intersect line,line;line_parallel line,line;line_perp line,line;line_send line;line_vertical line
  ln float8|numeric;lo_close int4;lo_creat int4;lo_create oid;lo_export oid,text;lo_from_bytea oid,bytea
  lo_get oid|oid,int8,int4;lo_import text|text,oid;lo_lseek int4,int4,int4;lo_lseek64 int4,int8,int4;lo_open oid,int4
  lo_put oid,int8,bytea;lo_tell int4;lo_tell64 int4;lo_truncate int4,int4;lo_truncate64 int4,int8;lo_unlink oid
  log float8|numeric|numeric,numeric;log10 float8|numeric;loread int4,int4;lower text;lower_inc anymultirange|anyrange
  lower_inf anymultirange|anyrange;lowrite int4,bytea;lpad text,int4|text,int4,text;lseg box|point,point
  lseg_center lseg;lseg_distance lseg,lseg;lseg_eq lseg,lseg;lseg_ge lseg,lseg;lseg_gt lseg,lseg;lseg_horizontal lseg
  lseg_intersect lseg,lseg;lseg_le lseg,lseg;lseg_length lseg;lseg_lt lseg,lseg;lseg_ne lseg,lseg
  lseg_parallel lseg,lseg;lseg_perp lseg,lseg;lseg_send lseg;lseg_vertical lseg;ltrim bytea,bytea|text|text,text
  macaddr macaddr8;macaddr8 macaddr;macaddr8_and macaddr8,macaddr8;macaddr8_cmp macaddr8,macaddr8
  macaddr8_eq macaddr8,macaddr8;macaddr8_ge macaddr8,macaddr8;macaddr8_gt macaddr8,macaddr8
  macaddr8_le macaddr8,macaddr8;macaddr8_lt macaddr8,macaddr8;macaddr8_ne macaddr8,macaddr8;macaddr8_not macaddr8
  macaddr8_or macaddr8,macaddr8;macaddr8_send macaddr8;macaddr8_set7bit macaddr8;macaddr_and macaddr,macaddr
  macaddr_cmp macaddr,macaddr;macaddr_eq macaddr,macaddr;macaddr_ge macaddr,macaddr;macaddr_gt macaddr,macaddr
  macaddr_le macaddr,macaddr;macaddr_lt macaddr,macaddr;macaddr_ne macaddr,macaddr;macaddr_not macaddr
  macaddr_or macaddr,macaddr;macaddr_send macaddr;make_date int4,int4,int4
  make_interval int4,int4,int4,int4,int4,int4,float8;make_time int4,int4,float8
  make_timestamp int4,int4,int4,int4,int4,float8
  make_timestamptz int4,int4,int4,int4,int4,float8|int4,int4,int4,int4,int4,float8,text;makeaclitem oid,oid,text,bool
  masklen inet;md5 bytea|text;mod int2,int2|int4,int4|int8,int8|numeric,numeric;money int4|int8|numeric
  mul_d_interval float8,interval;multirange anyrange;multirange_adjacent_multirange anymultirange,anymultirange
  multirange_adjacent_range anymultirange,anyrange;multirange_after_multirange anymultirange,anymultirange
  multirange_after_range anymultirange,anyrange;multirange_before_multirange anymultirange,anymultirange
  multirange_before_range anymultirange,anyrange;multirange_cmp anymultirange,anymultirange
  multirange_contained_by_multirange anymultirange,anymultirange;multirange_contained_by_range anymultirange,anyrange
  multirange_contains_elem anymultirange,anyelement;multirange_contains_multirange anymultirange,anymultirange
  multirange_contains_range anymultirange,anyrange;multirange_eq anymultirange,anymultirange
  multirange_ge anymultirange,anymultirange;multirange_gt anymultirange,anymultirange
  multirange_intersect anymultirange,anymultirange;multirange_intersect_agg_transfn anymultirange,anymultirange
  multirange_le anymultirange,anymultirange;multirange_lt anymultirange,anymultirange
  multirange_minus anymultirange,anymultirange;multirange_ne anymultirange,anymultirange
  multirange_overlaps_multirange anymultirange,anymultirange;multirange_overlaps_range anymultirange,anyrange
  multirange_overleft_multirange anymultirange,anymultirange;multirange_overleft_range anymultirange,anyrange
  multirange_overright_multirange anymultirange,anymultirange;multirange_overright_range anymultirange,anyrange
  multirange_send anymultirange;multirange_union anymultirange,anymultirange;mxid_age xid;name bpchar|text|varchar
  nameconcatoid name,oid;nameeq name,name;nameeqtext name,text;namege name,name;namegetext name,text;namegt name,name
  namegttext name,text;nameiclike name,text;nameicnlike name,text;nameicregexeq name,text;nameicregexne name,text
  namele name,name;nameletext name,text;namelike name,text;namelt name,name;namelttext name,text;namene name,name
  namenetext name,text;namenlike name,text;nameregexeq name,text;nameregexne name,text;namesend name;netmask inet
  network inet;network_cmp inet,inet;network_eq inet,inet;network_ge inet,inet;network_gt inet,inet
  network_larger inet,inet;network_le inet,inet;network_lt inet,inet;network_ne inet,inet;network_overlap inet,inet
  network_smaller inet,inet;network_sub inet,inet;network_subeq inet,inet;network_sup inet,inet
  network_supeq inet,inet;nextval regclass;normalize text,text;notlike bytea,bytea|name,text|text,text;now
  npoints path|polygon;ntile int4;numeric float4|float8|int2|int4|int8|money|numeric,int4;numeric_abs numeric
  numeric_add numeric,numeric;numeric_cmp numeric,numeric;numeric_div numeric,numeric
  numeric_div_trunc numeric,numeric;numeric_eq numeric,numeric;numeric_exp numeric;numeric_ge numeric,numeric
  numeric_gt numeric,numeric;numeric_inc numeric;numeric_larger numeric,numeric;numeric_le numeric,numeric
  numeric_ln numeric;numeric_log numeric,numeric;numeric_lt numeric,numeric;numeric_mod numeric,numeric
  numeric_mul numeric,numeric;numeric_ne numeric,numeric;numeric_power numeric,numeric;numeric_send numeric
  numeric_smaller numeric,numeric;numeric_sqrt numeric;numeric_sub numeric,numeric;numeric_uminus numeric
  numeric_uplus numeric;nummultirange |_numrange|numrange;numnode tsquery;numrange_subdiff numeric,numeric
  octet_length bit|bpchar|bytea|text;oid int8;oideq oid,oid;oidge oid,oid;oidgt oid,oid;oidlarger oid,oid
  oidle oid,oid;oidlt oid,oid;oidne oid,oid;oidsend oid;oidsmaller oid,oid;oidvectoreq oidvector,oidvector
  oidvectorge oidvector,oidvector;oidvectorgt oidvector,oidvector;oidvectorle oidvector,oidvector
  oidvectorlt oidvector,oidvector;oidvectorne oidvector,oidvector;oidvectorsend oidvector;oidvectortypes oidvector
  on_pb point,box;on_pl point,line;on_ppath point,path;on_ps point,lseg;on_sb lseg,box;on_sl lseg,line
  overlay bit,bit,int4|bit,bit,int4,int4|bytea,bytea,int4|bytea,bytea,int4,int4|text,text,int4|text,text,int4,int4
  parse_ident text,bool;path polygon;path_add_pt path,point;path_div_pt path,point;path_inter path,path
  path_length path;path_mul_pt path,point;path_n_eq path,path;path_n_ge path,path;path_n_gt path,path
  path_n_le path,path;path_n_lt path,path;path_npoints path;path_send path;path_sub_pt path,point;pclose path
  pg_advisory_lock int4,int4|int8;pg_advisory_lock_shared int4,int4|int8;pg_advisory_unlock int4,int4|int8
  pg_advisory_unlock_all;pg_advisory_unlock_shared int4,int4|int8;pg_advisory_xact_lock int4,int4|int8
  pg_advisory_xact_lock_shared int4,int4|int8;pg_available_extension_versions;pg_available_extensions
  pg_available_wal_summaries;pg_backend_pid;pg_backup_start text,bool;pg_backup_stop bool;pg_blocking_pids int4
  pg_cancel_backend int4;pg_char_to_encoding name;pg_client_encoding;pg_column_is_updatable regclass,int2,bool
  pg_column_size any;pg_conf_load_time;pg_config;pg_control_checkpoint;pg_control_init;pg_control_recovery
  pg_control_system;pg_copy_logical_replication_slot name,name|name,name,bool|name,name,bool,name
  pg_copy_physical_replication_slot name,name|name,name,bool
  pg_create_logical_replication_slot name,name,bool,bool|name,name,bool,bool,bool
  pg_create_physical_replication_slot name,bool,bool;pg_create_restore_point text;pg_current_snapshot
  pg_current_wal_flush_lsn;pg_current_wal_insert_lsn;pg_current_wal_lsn;pg_current_xact_id;pg_cursor
  pg_dependencies_send pg_dependencies;pg_drop_replication_slot name;pg_encoding_to_char int4
  pg_event_trigger_ddl_commands;pg_event_trigger_dropped_objects;pg_event_trigger_table_rewrite_oid
  pg_event_trigger_table_rewrite_reason;pg_export_snapshot;pg_extension_config_dump regclass,text
  pg_extension_update_paths name;pg_get_aios;pg_get_backend_memory_contexts;pg_get_catalog_foreign_keys
  pg_get_keywords;pg_get_loaded_modules;pg_get_multixact_members xid;pg_get_object_address text,_text,_text
  pg_get_publication_tables _text|text;pg_get_sequence_data regclass;pg_get_shmem_allocations
  pg_get_shmem_allocations_numa;pg_get_userbyid oid;pg_get_wait_events;pg_get_wal_replay_pause_state
  pg_get_wal_resource_managers;pg_get_wal_summarizer_state
  pg_has_role name,name,text|name,oid,text|name,text|oid,name,text|oid,oid,text|oid,text
  pg_identify_object oid,oid,int4;pg_identify_object_as_address oid,oid,int4;pg_import_system_collations regnamespace
  pg_input_error_info text,text;pg_input_is_valid text,text;pg_is_in_recovery;pg_is_other_temp_schema oid
  pg_is_wal_replay_paused;pg_isolation_test_session_is_blocked int4,_int4;pg_jit_available;pg_last_committed_xact
  pg_listening_channels;pg_lock_status;pg_log_backend_memory_contexts int4;pg_log_standby_snapshot
  pg_logical_emit_message bool,text,bytea|bool,text,bytea,bool|bool,text,text|bool,text,text,bool
  pg_ls_archive_statusdir;pg_ls_dir text|text,bool,bool;pg_ls_logdir;pg_ls_logicalmapdir;pg_ls_logicalsnapdir
  pg_ls_replslotdir text;pg_ls_summariesdir;pg_ls_tmpdir |oid;pg_ls_waldir;pg_lsn numeric;pg_lsn_cmp pg_lsn,pg_lsn
  pg_lsn_eq pg_lsn,pg_lsn;pg_lsn_ge pg_lsn,pg_lsn;pg_lsn_gt pg_lsn,pg_lsn;pg_lsn_hash pg_lsn
  pg_lsn_hash_extended pg_lsn,int8;pg_lsn_larger pg_lsn,pg_lsn;pg_lsn_le pg_lsn,pg_lsn;pg_lsn_lt pg_lsn,pg_lsn
  pg_lsn_mi pg_lsn,pg_lsn;pg_lsn_mii pg_lsn,numeric;pg_lsn_ne pg_lsn,pg_lsn;pg_lsn_pli pg_lsn,numeric
  pg_lsn_send pg_lsn;pg_lsn_smaller pg_lsn,pg_lsn;pg_mcv_list_items pg_mcv_list;pg_mcv_list_send pg_mcv_list
  pg_my_temp_schema;pg_ndistinct_send pg_ndistinct;pg_nextoid regclass,name,regclass;pg_node_tree_send pg_node_tree
  pg_notification_queue_usage;pg_numa_available;pg_options_to_table _text;pg_partition_ancestors regclass
  pg_partition_tree regclass;pg_postmaster_start_time;pg_prepared_statement;pg_prepared_xact;pg_promote bool,int4
  pg_relation_is_updatable regclass,bool;pg_reload_conf;pg_replication_origin_advance text,pg_lsn
  pg_replication_origin_create text;pg_replication_origin_drop text;pg_replication_origin_session_is_setup
  pg_replication_origin_session_reset;pg_replication_origin_session_setup text;pg_replication_origin_xact_reset
  pg_replication_origin_xact_setup pg_lsn,timestamptz;pg_replication_slot_advance name,pg_lsn;pg_rotate_logfile
  pg_rotate_logfile_old;pg_safe_snapshot_blocking_pids int4;pg_sequence_parameters oid;pg_show_all_file_settings
  pg_show_all_settings;pg_size_bytes text;pg_size_pretty int8|numeric;pg_sleep float8;pg_snapshot_send pg_snapshot
  pg_snapshot_xip pg_snapshot;pg_snapshot_xmax pg_snapshot;pg_snapshot_xmin pg_snapshot;pg_split_walfile_name text
  pg_stat_get_backend_activity int4;pg_stat_get_backend_io int4;pg_stat_get_backend_subxact int4
  pg_stat_get_bgwriter_buf_written_checkpoints;pg_stat_get_bgwriter_buf_written_clean
  pg_stat_get_bgwriter_maxwritten_clean;pg_stat_get_bgwriter_requested_checkpoints
  pg_stat_get_bgwriter_stat_reset_time;pg_stat_get_bgwriter_timed_checkpoints;pg_stat_get_buf_alloc
  pg_stat_get_buf_fsync_backend;pg_stat_get_buf_written_backend;pg_stat_get_checkpoint_sync_time
  pg_stat_get_checkpoint_write_time;pg_stat_get_checkpointer_buffers_written;pg_stat_get_checkpointer_num_performed
  pg_stat_get_checkpointer_num_requested;pg_stat_get_checkpointer_restartpoints_performed
  pg_stat_get_checkpointer_restartpoints_requested;pg_stat_get_checkpointer_restartpoints_timed
  pg_stat_get_checkpointer_slru_written;pg_stat_get_checkpointer_stat_reset_time;pg_stat_get_checkpointer_sync_time
  pg_stat_get_checkpointer_write_time;pg_stat_get_db_conflict_all oid;pg_stat_get_db_numbackends oid;pg_stat_get_io
  pg_stat_get_progress_info text;pg_stat_get_recovery_prefetch;pg_stat_get_replication_slot text
  pg_stat_get_subscription_stats oid;pg_stat_have_stats text,oid,int8|text,oid,oid;pg_stat_reset_backend_stats int4
  pg_stat_reset_single_function_counters oid;pg_stat_reset_single_table_counters oid;pg_stop_making_pinned_objects
  pg_switch_wal;pg_sync_replication_slots;pg_tablespace_databases oid;pg_terminate_backend int4,int8
  pg_timezone_abbrevs;pg_timezone_abbrevs_abbrevs;pg_timezone_abbrevs_zone;pg_timezone_names;pg_trigger_depth
  pg_try_advisory_lock int4,int4|int8;pg_try_advisory_lock_shared int4,int4|int8
  pg_try_advisory_xact_lock int4,int4|int8;pg_try_advisory_xact_lock_shared int4,int4|int8
  pg_visible_in_snapshot xid8,pg_snapshot;pg_wal_lsn_diff pg_lsn,pg_lsn;pg_wal_replay_pause;pg_wal_replay_resume
  pg_wal_summary_contents int8,pg_lsn,pg_lsn;pg_walfile_name pg_lsn;pg_walfile_name_offset pg_lsn
  pg_xact_commit_timestamp_origin xid;phraseto_tsquery regconfig,text|text;pi;plainto_tsquery regconfig,text|text
  point box|circle|float8,float8|lseg|polygon;point_above point,point;point_add point,point;point_below point,point
  point_distance point,point;point_div point,point;point_eq point,point;point_horiz point,point;point_left point,point
  point_mul point,point;point_ne point,point;point_right point,point;point_send point;point_sub point,point
  point_vert point,point;poly_above polygon,polygon;poly_below polygon,polygon;poly_center polygon
  poly_contain polygon,polygon;poly_contain_pt polygon,point;poly_contained polygon,polygon;poly_left polygon,polygon
  poly_npoints polygon;poly_overabove polygon,polygon;poly_overbelow polygon,polygon;poly_overlap polygon,polygon
  poly_overleft polygon,polygon;poly_overright polygon,polygon;poly_right polygon,polygon;poly_same polygon,polygon
  poly_send polygon;polygon box|int4,circle|path;popen path;position bit,bit|bytea,bytea|text,text
  postgresql_fdw_validator _text,oid;pow float8,float8|numeric,numeric;power float8,float8|numeric,numeric
  pt_contained_circle point,circle;pt_contained_poly point,polygon;query_to_xml text,bool,bool,text
  query_to_xml_and_xmlschema text,bool,bool,text;query_to_xmlschema text,bool,bool,text;querytree tsquery
  quote_ident text;quote_literal anyelement|text;radians float8;radius circle
  random |int4,int4|int8,int8|numeric,numeric;random_normal float8,float8;range_adjacent anyrange,anyrange
  range_adjacent_multirange anyrange,anymultirange;range_after anyrange,anyrange
  range_after_multirange anyrange,anymultirange;range_before anyrange,anyrange
  range_before_multirange anyrange,anymultirange;range_cmp anyrange,anyrange;range_contained_by anyrange,anyrange
  range_contained_by_multirange anyrange,anymultirange;range_contains anyrange,anyrange
  range_contains_elem anyrange,anyelement;range_contains_multirange anyrange,anymultirange;range_eq anyrange,anyrange
  range_ge anyrange,anyrange;range_gt anyrange,anyrange;range_intersect anyrange,anyrange
  range_intersect_agg_transfn anyrange,anyrange;range_le anyrange,anyrange;range_lt anyrange,anyrange
  range_merge anymultirange|anyrange,anyrange;range_minus anyrange,anyrange;range_ne anyrange,anyrange
  range_overlaps anyrange,anyrange;range_overlaps_multirange anyrange,anymultirange;range_overleft anyrange,anyrange
  range_overleft_multirange anyrange,anymultirange;range_overright anyrange,anyrange
  range_overright_multirange anyrange,anymultirange;range_send anyrange;range_union anyrange,anyrange
  record_eq record,record;record_ge record,record;record_gt record,record;record_image_eq record,record
  record_image_ge record,record;record_image_gt record,record;record_image_le record,record
  record_image_lt record,record;record_image_ne record,record;record_larger record,record;record_le record,record
  record_lt record,record;record_ne record,record;record_send record;record_smaller record,record;regclass text
  regclasssend regclass;regcollationsend regcollation;regconfigsend regconfig;regdictionarysend regdictionary
  regexp_count text,text|text,text,int4|text,text,int4,text
  regexp_instr text,text|text,text,int4|text,text,int4,int4|text,text,int4,int4,int4|text,text,int4,int4,int4,text|text,text,int4,int4,int4,text,int4
  regexp_like text,text|text,text,text;regexp_matches text,text|text,text,text
  regexp_replace text,text,text|text,text,text,int4|text,text,text,int4,int4|text,text,text,int4,int4,text|text,text,text,text
  regexp_split_to_array text,text|text,text,text;regexp_split_to_table text,text|text,text,text
  regnamespacesend regnamespace;regoperatorsend regoperator;regopersend regoper;regproceduresend regprocedure
  regprocsend regproc;regrolesend regrole;regtypesend regtype;repeat text,int4;replace text,text,text
  reverse bytea|text;right text,int4;round float8|numeric|numeric,int4;row_security_active oid|text
  row_to_json record|record,bool;rpad text,int4|text,int4,text;rtrim bytea,bytea|text|text,text
  schema_to_xml name,bool,bool,text;schema_to_xml_and_xmlschema name,bool,bool,text
  schema_to_xmlschema name,bool,bool,text;session_user;set_bit bit,int4,int4|bytea,int8,int4;set_byte bytea,int4,int4
  set_masklen cidr,int4|inet,int4;setseed float8;setval regclass,int8|regclass,int8,bool
  setweight tsvector,char|tsvector,char,_text;sha224 bytea;sha256 bytea;sha384 bytea;sha512 bytea;sign float8|numeric
  similar_to_escape text|text,text;sin float8;sind float8;sinh float8;slope point,point;spg_poly_quad_compress polygon
  split_part text,text,int4;sqrt float8|numeric;starts_with text,text;statement_timestamp;strip tsvector
  strpos text,text;substr bytea,int4|bytea,int4,int4|text,int4|text,int4,int4
  substring bit,int4|bit,int4,int4|bytea,int4|bytea,int4,int4|text,int4|text,int4,int4
  table_to_xml regclass,bool,bool,text;table_to_xml_and_xmlschema regclass,bool,bool,text
  table_to_xmlschema regclass,bool,bool,text;tan float8;tand float8;tanh float8;text bool|bpchar|char|inet|name|xml
  text_ge text,text;text_gt text,text;text_larger text,text;text_le text,text;text_lt text,text
  text_pattern_ge text,text;text_pattern_gt text,text;text_pattern_le text,text;text_pattern_lt text,text
  text_smaller text,text;textanycat text,anynonarray;textcat text,text;texteq text,text;texteqname text,name
  textgename text,name;textgtname text,name;texticlike text,text;texticnlike text,text;texticregexeq text,text
  texticregexne text,text;textlen text;textlename text,name;textlike text,text;textltname text,name;textne text,text
  textnename text,name;textnlike text,text;textregexeq text,text;textregexne text,text;textsend text;tideq tid,tid
  tidge tid,tid;tidgt tid,tid;tidlarger tid,tid;tidle tid,tid;tidlt tid,tid;tidne tid,tid;tidsend tid
  tidsmaller tid,tid;time interval|time,int4|timetz;time_cmp time,time;time_eq time,time;time_ge time,time
  time_gt time,time;time_hash time;time_hash_extended time,int8;time_larger time,time;time_le time,time
  time_lt time,time;time_mi_interval time,interval;time_mi_time time,time;time_ne time,time
  time_pl_interval time,interval;time_send time;time_smaller time,time;timedate_pl time,date;timeofday
  timestamp date|date,time|timestamp,int4|timestamptz;timestamp_cmp timestamp,timestamp
  timestamp_cmp_date timestamp,date;timestamp_cmp_timestamptz timestamp,timestamptz;timestamp_eq timestamp,timestamp
  timestamp_eq_date timestamp,date;timestamp_eq_timestamptz timestamp,timestamptz;timestamp_ge timestamp,timestamp
  timestamp_ge_date timestamp,date;timestamp_ge_timestamptz timestamp,timestamptz;timestamp_gt timestamp,timestamp
  timestamp_gt_date timestamp,date;timestamp_gt_timestamptz timestamp,timestamptz;timestamp_hash timestamp
  timestamp_hash_extended timestamp,int8;timestamp_larger timestamp,timestamp;timestamp_le timestamp,timestamp
  timestamp_le_date timestamp,date;timestamp_le_timestamptz timestamp,timestamptz;timestamp_lt timestamp,timestamp
  timestamp_lt_date timestamp,date;timestamp_lt_timestamptz timestamp,timestamptz;timestamp_mi timestamp,timestamp
  timestamp_mi_interval timestamp,interval;timestamp_ne timestamp,timestamp;timestamp_ne_date timestamp,date
  timestamp_ne_timestamptz timestamp,timestamptz;timestamp_pl_interval timestamp,interval;timestamp_send timestamp
  timestamp_smaller timestamp,timestamp;timestamptz date|date,time|date,timetz|timestamp|timestamptz,int4
  timestamptz_cmp timestamptz,timestamptz;timestamptz_cmp_date timestamptz,date
  timestamptz_cmp_timestamp timestamptz,timestamp;timestamptz_eq timestamptz,timestamptz
  timestamptz_eq_date timestamptz,date;timestamptz_eq_timestamp timestamptz,timestamp
  timestamptz_ge timestamptz,timestamptz;timestamptz_ge_date timestamptz,date
  timestamptz_ge_timestamp timestamptz,timestamp;timestamptz_gt timestamptz,timestamptz
  timestamptz_gt_date timestamptz,date;timestamptz_gt_timestamp timestamptz,timestamp;timestamptz_hash timestamptz
  timestamptz_hash_extended timestamptz,int8;timestamptz_larger timestamptz,timestamptz
  timestamptz_le timestamptz,timestamptz;timestamptz_le_date timestamptz,date
  timestamptz_le_timestamp timestamptz,timestamp;timestamptz_lt timestamptz,timestamptz
  timestamptz_lt_date timestamptz,date;timestamptz_lt_timestamp timestamptz,timestamp
  timestamptz_mi timestamptz,timestamptz;timestamptz_mi_interval timestamptz,interval
  timestamptz_ne timestamptz,timestamptz;timestamptz_ne_date timestamptz,date
  timestamptz_ne_timestamp timestamptz,timestamp;timestamptz_pl_interval timestamptz,interval
  timestamptz_send timestamptz;timestamptz_smaller timestamptz,timestamptz;timetz time|timetz,int4
  timetz_cmp timetz,timetz;timetz_eq timetz,timetz;timetz_ge timetz,timetz;timetz_gt timetz,timetz;timetz_hash timetz
  timetz_hash_extended timetz,int8;timetz_larger timetz,timetz;timetz_le timetz,timetz;timetz_lt timetz,timetz
  timetz_mi_interval timetz,interval;timetz_ne timetz,timetz;timetz_pl_interval timetz,interval;timetz_send timetz
  timetz_smaller timetz,timetz;timetzdate_pl timetz,date
  timezone interval,timestamp|interval,timestamptz|interval,timetz|text,timestamp|text,timestamptz|text,timetz|timestamp|timestamptz|timetz
  to_ascii text|text,int4|text,name;to_bin int4|int8;to_char float4,text|float8,text|int4,text|int8,text|numeric,text
  to_date text,text;to_hex int4|int8;to_json anyelement;to_jsonb anyelement;to_oct int4|int8
  to_timestamp float8|text,text;to_tsquery regconfig,text|text
  to_tsvector json|jsonb|regconfig,json|regconfig,jsonb|regconfig,text|text;transaction_timestamp
  translate text,text,text;trim_array anyarray,int4;trim_scale numeric
  trunc float8|macaddr|macaddr8|numeric|numeric,int4;ts_delete tsvector,_text|tsvector,text;ts_filter tsvector,_char
  ts_headline json,tsquery|json,tsquery,text|jsonb,tsquery|jsonb,tsquery,text|regconfig,json,tsquery|regconfig,json,tsquery,text|regconfig,jsonb,tsquery|regconfig,jsonb,tsquery,text|regconfig,text,tsquery|regconfig,text,tsquery,text|text,tsquery|text,tsquery,text
  ts_match_qv tsquery,tsvector;ts_match_tq text,tsquery;ts_match_tt text,text;ts_match_vq tsvector,tsquery
  ts_parse oid,text|text,text
  ts_rank _float4,tsvector,tsquery|_float4,tsvector,tsquery,int4|tsvector,tsquery|tsvector,tsquery,int4
  ts_rank_cd _float4,tsvector,tsquery|_float4,tsvector,tsquery,int4|tsvector,tsquery|tsvector,tsquery,int4
  ts_rewrite tsquery,text|tsquery,tsquery,tsquery;ts_stat text|text,text;ts_token_type oid|text
  tsmultirange |_tsrange|tsrange;tsq_mcontained tsquery,tsquery;tsq_mcontains tsquery,tsquery
  tsquery_and tsquery,tsquery;tsquery_cmp tsquery,tsquery;tsquery_eq tsquery,tsquery;tsquery_ge tsquery,tsquery
  tsquery_gt tsquery,tsquery;tsquery_le tsquery,tsquery;tsquery_lt tsquery,tsquery;tsquery_ne tsquery,tsquery
  tsquery_not tsquery;tsquery_or tsquery,tsquery;tsquery_phrase tsquery,tsquery|tsquery,tsquery,int4
  tsquerysend tsquery;tsrange_subdiff timestamp,timestamp;tstzmultirange |_tstzrange|tstzrange
  tstzrange_subdiff timestamptz,timestamptz;tsvector_cmp tsvector,tsvector;tsvector_concat tsvector,tsvector
  tsvector_eq tsvector,tsvector;tsvector_ge tsvector,tsvector;tsvector_gt tsvector,tsvector
  tsvector_le tsvector,tsvector;tsvector_lt tsvector,tsvector;tsvector_ne tsvector,tsvector;tsvector_to_array tsvector
  tsvectorsend tsvector;txid_current;txid_current_snapshot;txid_snapshot_send txid_snapshot
  txid_snapshot_xip txid_snapshot;txid_snapshot_xmax txid_snapshot;txid_snapshot_xmin txid_snapshot
  txid_visible_in_snapshot int8,txid_snapshot;unicode_assigned text;unicode_version;unistr text;unknownsend unknown
  unnest anyarray|anymultirange|tsvector;upper text;upper_inc anymultirange|anyrange;upper_inf anymultirange|anyrange
  uuid_cmp uuid,uuid;uuid_eq uuid,uuid;uuid_ge uuid,uuid;uuid_gt uuid,uuid;uuid_hash uuid;uuid_hash_extended uuid,int8
  uuid_le uuid,uuid;uuid_lt uuid,uuid;uuid_ne uuid,uuid;uuid_send uuid;uuidv4;uuidv7 |interval;varbit varbit,int4,bool
  varbit_send varbit;varbitcmp varbit,varbit;varbiteq varbit,varbit;varbitge varbit,varbit;varbitgt varbit,varbit
  varbitle varbit,varbit;varbitlt varbit,varbit;varbitne varbit,varbit;varchar name|varchar,int4,bool
  varcharsend varchar;version;void_send void;websearch_to_tsquery regconfig,text|text;width box
  width_bucket anycompatible,anycompatiblearray|float8,float8,float8,int4|numeric,numeric,numeric,int4;xid xid8
  xid8_larger xid8,xid8;xid8_smaller xid8,xid8;xid8cmp xid8,xid8;xid8eq xid8,xid8;xid8ge xid8,xid8;xid8gt xid8,xid8
  xid8le xid8,xid8;xid8lt xid8,xid8;xid8ne xid8,xid8;xid8send xid8;xideq xid,xid;xideqint4 xid,int4;xidneq xid,xid
  xidneqint4 xid,int4;xidsend xid;xml text;xml_is_well_formed text;xml_is_well_formed_content text
  xml_is_well_formed_document text;xml_send xml;xmlcomment text;xmlexists text,xml;xmltext text;xmlvalidate xml,text
  xpath text,xml,_text;xpath_exists text,xml,_text
  =
  array_append anycompatiblearray,anycompatible;array_prepend anycompatible,anycompatiblearray;concat any
  daterange date,date|date,date,text;enum_first anyenum;enum_last anyenum;enum_range anyenum|anyenum,anyenum
  int4range int4,int4|int4,int4,text;int8range int8,int8|int8,int8,text;json_build_array |any;json_build_object |any
  jsonb_build_array |any;jsonb_build_object |any;num_nonnulls any;num_nulls any
  numrange numeric,numeric|numeric,numeric,text;quote_nullable anyelement|text;set_config text,text,bool
  tsrange timestamp,timestamp|timestamp,timestamp,text;tstzrange timestamptz,timestamptz|timestamptz,timestamptz,text
  =0
  array_positions anycompatiblearray,anycompatible;array_remove anycompatiblearray,anycompatible
  array_replace anycompatiblearray,anycompatible,anycompatible;concat_ws text,any;format text|text,any
  similar_escape text,text;string_to_array text,text|text,text,text
  =0,1
  array_to_string anyarray,text,text
  =1
  array_fill anyelement,_int4
  =1,2
  array_fill anyelement,_int4,_int4
  =any
  array_cat anycompatiblearray,anycompatiblearray
  =finite
  date_part text,date|text,interval|text,timestamp|text,timestamptz
  extract text,date|text,interval|text,timestamp|text,timestamptz;min_scale numeric;scale numeric
  time timestamp|timestamptz;timetz timestamptz;to_char interval,text|timestamp,text|timestamptz,text
  =frame
  first_value anyelement;last_value anyelement
  =may a JSON null
  bool jsonb;float4 jsonb;float8 jsonb;int2 jsonb;int4 jsonb;int8 jsonb;numeric jsonb
  =may an empty array
  array_dims anyarray;array_length anyarray,int4;array_lower anyarray,int4;array_ndims anyarray
  array_upper anyarray,int4
  =may an empty format
  to_number text,text
  =may an unbounded or empty range
  lower anymultirange|anyrange;upper anymultirange|anyrange
  =may it is not set
  current_setting text,bool
  =may the path does not give one boolean
  jsonb_path_match_opr jsonb,jsonpath
  =may the path fails
  jsonb_path_exists_opr jsonb,jsonpath
  =may the pattern does not match
  regexp_match text,text|text,text,text
  regexp_substr text,text|text,text,int4|text,text,int4,int4|text,text,int4,int4,text|text,text,int4,int4,text,int4
  substring text,text|text,text,text
  =may there are too few rows
  corr float8,float8;covar_pop float8,float8;covar_samp float8,float8;json_agg_strict anyelement
  json_object_agg_strict any,any;json_object_agg_unique any,any;json_object_agg_unique_strict any,any
  jsonb_agg_strict anyelement;jsonb_object_agg_strict any,any;jsonb_object_agg_unique any,any
  jsonb_object_agg_unique_strict any,any;regr_avgx float8,float8;regr_avgy float8,float8;regr_intercept float8,float8
  regr_r2 float8,float8;regr_slope float8,float8;regr_sxx float8,float8;regr_sxy float8,float8;regr_syy float8,float8
  stddev float4|float8|int2|int4|int8|numeric;stddev_samp float4|float8|int2|int4|int8|numeric
  var_samp float4|float8|int2|int4|int8|numeric;variance float4|float8|int2|int4|int8|numeric
  =may there is no such key
  json_object_field json,text;jsonb_object_field jsonb,text
  =may there is no such key, or a JSON null
  json_object_field_text json,text;jsonb_object_field_text jsonb,text
  =never
  count |any;cume_dist |any;dense_rank |any;percent_rank |any;rank |any;regr_count float8,float8;row_number
  =rows
  array_agg anyarray|anynonarray;json_agg anyelement;json_object_agg any,any;jsonb_agg anyelement
  jsonb_object_agg any,any
  =rows:arg
  any_value anyelement;avg float4|float8|int2|int4|int8|interval|numeric;bit_and bit|int2|int4|int8
  bit_or bit|int2|int4|int8;bit_xor bit|int2|int4|int8;bool_and bool;bool_or bool;every bool
  max anyarray|anyenum|bpchar|bytea|date|float4|float8|inet|int2|int4|int8|interval|money|numeric|oid|pg_lsn|record|text|tid|time|timestamp|timestamptz|timetz|xid8
  min anyarray|anyenum|bpchar|bytea|date|float4|float8|inet|int2|int4|int8|interval|money|numeric|oid|pg_lsn|record|text|tid|time|timestamp|timestamptz|timetz|xid8
  mode anyelement;percentile_cont _float8,float8|_float8,interval|float8,float8|float8,interval
  percentile_disc _float8,anyelement|float8,anyelement;range_agg anymultirange|anyrange
  range_intersect_agg anymultirange|anyrange;stddev_pop float4|float8|int2|int4|int8|numeric
  string_agg bytea,bytea|text,text;sum float4|float8|int2|int4|int8|interval|money|numeric
  var_pop float4|float8|int2|int4|int8|numeric;xmlagg xml
  """)

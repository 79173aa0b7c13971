/// The functions of extensions that are not NULL without a reason, by extension: from their sources, and called with extreme
/// values (`scripts/postgresql-probe`). Those of one's own and of other extensions may be NULL.
let extensionFunctions: [String: FunctionTable] = [
  "citext": FunctionTable(
    """
    =total
    citext bool|bpchar|inet;citext_cmp citext,citext;citext_eq citext,citext;citext_ge citext,citext
    citext_gt citext,citext;citext_hash citext;citext_hash_extended citext,int8;citext_larger citext,citext
    citext_le citext,citext;citext_lt citext,citext;citext_ne citext,citext;citext_pattern_cmp citext,citext
    citext_pattern_ge citext,citext;citext_pattern_gt citext,citext;citext_pattern_le citext,citext
    citext_pattern_lt citext,citext;citext_smaller citext,citext;citextsend citext
    regexp_replace citext,citext,text|citext,citext,text,text
    regexp_split_to_array citext,citext|citext,citext,text;replace citext,citext,citext
    strpos citext,citext;texticlike citext,citext|citext,text
    texticnlike citext,citext|citext,text;texticregexeq citext,citext|citext,text
    texticregexne citext,citext|citext,text;translate citext,citext,text
    =rows:arg
    max citext;min citext
    """),
  "hstore": FunctionTable(
    """
    =total
    akeys hstore;avals hstore;defined hstore,text;delete hstore,_text|hstore,hstore|hstore,text
    exist hstore,text;exists_all hstore,_text;exists_any hstore,_text;hs_concat hstore,hstore
    hs_contained hstore,hstore;hs_contains hstore,hstore;hstore _text;hstore_cmp hstore,hstore
    hstore_eq hstore,hstore;hstore_ge hstore,hstore;hstore_gt hstore,hstore;hstore_hash hstore
    hstore_hash_extended hstore,int8;hstore_le hstore,hstore;hstore_lt hstore,hstore;hstore_ne hstore,hstore
    hstore_send hstore;hstore_to_array hstore;hstore_to_json hstore;hstore_to_json_loose hstore
    hstore_to_jsonb hstore;hstore_to_jsonb_loose hstore;hstore_to_matrix hstore;isdefined hstore,text
    isexists hstore,text;slice hstore,_text;slice_array hstore,_text
    =0
    hstore text,text|_text,_text;tconvert text,text
    """),
  "ltree": FunctionTable(
    """
    =total
    _lt_q_regex _ltree,_lquery;_lt_q_rregex _lquery,_ltree;_ltq_regex _ltree,lquery;_ltq_rregex lquery,_ltree
    _ltree_isparent _ltree,ltree;_ltree_r_isparent ltree,_ltree;_ltree_r_risparent ltree,_ltree
    _ltree_risparent _ltree,ltree;_ltxtq_exec _ltree,ltxtquery;_ltxtq_rexec ltxtquery,_ltree
    index ltree,ltree|ltree,ltree,int4;lquery_send lquery;lt_q_regex ltree,_lquery;lt_q_rregex _lquery,ltree
    ltq_regex ltree,lquery;ltq_rregex lquery,ltree;ltree2text ltree;ltree_addltree ltree,ltree
    ltree_addtext ltree,text;ltree_cmp ltree,ltree;ltree_eq ltree,ltree;ltree_ge ltree,ltree;ltree_gt ltree,ltree
    ltree_isparent ltree,ltree;ltree_le ltree,ltree;ltree_lt ltree,ltree;ltree_ne ltree,ltree
    ltree_risparent ltree,ltree;ltree_send ltree;ltree_textadd text,ltree;ltxtq_exec ltree,ltxtquery
    ltxtq_rexec ltxtquery,ltree;ltxtq_send ltxtquery;nlevel ltree;subltree ltree,int4,int4
    subpath ltree,int4|ltree,int4,int4;text2ltree text
    """),
  "pg_trgm": FunctionTable(
    """
    =total
    set_limit float4;show_limit;show_trgm text;similarity text,text;similarity_dist text,text
    similarity_op text,text;strict_word_similarity text,text;strict_word_similarity_commutator_op text,text
    strict_word_similarity_dist_commutator_op text,text;strict_word_similarity_dist_op text,text
    strict_word_similarity_op text,text;word_similarity text,text;word_similarity_commutator_op text,text
    word_similarity_dist_commutator_op text,text;word_similarity_dist_op text,text;word_similarity_op text,text
    """),
  "pgcrypto": FunctionTable(
    """
    =total
    armor bytea|bytea,_text,_text;crypt text,text;dearmor text;decrypt bytea,bytea,text
    digest bytea,text|text,text;encrypt bytea,bytea,text
    encrypt_iv bytea,bytea,bytea,text;gen_random_bytes int4;gen_random_uuid;gen_salt text|text,int4
    hmac bytea,bytea,text|text,text,text;pgp_key_id bytea;pgp_sym_decrypt bytea,text|bytea,text,text
    pgp_sym_decrypt_bytea bytea,text|bytea,text,text;pgp_sym_encrypt text,text|text,text,text
    pgp_sym_encrypt_bytea bytea,text|bytea,text,text
    """),
  "uuid-ossp": FunctionTable(
    """
    =total
    uuid_generate_v1;uuid_generate_v1mc;uuid_generate_v3 uuid,text;uuid_generate_v4;uuid_generate_v5 uuid,text
    uuid_nil;uuid_ns_dns;uuid_ns_oid;uuid_ns_url;uuid_ns_x500
    """),
  "vector": FunctionTable(
    """
    =total
    l2_distance vector,vector|halfvec,halfvec|sparsevec,sparsevec
    inner_product vector,vector|halfvec,halfvec|sparsevec,sparsevec
    cosine_distance vector,vector|halfvec,halfvec|sparsevec,sparsevec
    l1_distance vector,vector|halfvec,halfvec|sparsevec,sparsevec;vector_dims vector|halfvec;vector_norm vector
    l2_norm halfvec|sparsevec;l2_normalize vector|halfvec|sparsevec;binary_quantize vector|halfvec
    subvector vector,int4,int4|halfvec,int4,int4;vector_add vector,vector;vector_sub vector,vector
    vector_mul vector,vector;vector_concat vector,vector;vector_lt vector,vector;vector_le vector,vector
    vector_eq vector,vector;vector_ne vector,vector;vector_ge vector,vector;vector_gt vector,vector
    vector_cmp vector,vector;vector_l2_squared_distance vector,vector;vector_negative_inner_product vector,vector
    vector_spherical_distance vector,vector;vector vector,int4,bool;vector_to_float4 vector,int4,bool
    array_to_vector _int4,int4,bool|_float4,int4,bool|_float8,int4,bool|_numeric,int4,bool
    halfvec_add halfvec,halfvec;halfvec_sub halfvec,halfvec;halfvec_mul halfvec,halfvec;halfvec_concat halfvec,halfvec
    halfvec_lt halfvec,halfvec;halfvec_le halfvec,halfvec;halfvec_eq halfvec,halfvec;halfvec_ne halfvec,halfvec
    halfvec_ge halfvec,halfvec;halfvec_gt halfvec,halfvec;halfvec_cmp halfvec,halfvec
    halfvec_l2_squared_distance halfvec,halfvec;halfvec_negative_inner_product halfvec,halfvec
    halfvec_spherical_distance halfvec,halfvec;halfvec halfvec,int4,bool;halfvec_to_vector halfvec,int4,bool
    vector_to_halfvec vector,int4,bool;halfvec_to_float4 halfvec,int4,bool
    array_to_halfvec _int4,int4,bool|_float4,int4,bool|_float8,int4,bool|_numeric,int4,bool
    sparsevec_lt sparsevec,sparsevec;sparsevec_le sparsevec,sparsevec;sparsevec_eq sparsevec,sparsevec
    sparsevec_ne sparsevec,sparsevec;sparsevec_ge sparsevec,sparsevec;sparsevec_gt sparsevec,sparsevec
    sparsevec_cmp sparsevec,sparsevec;sparsevec_l2_squared_distance sparsevec,sparsevec
    sparsevec_negative_inner_product sparsevec,sparsevec;sparsevec sparsevec,int4,bool
    vector_to_sparsevec vector,int4,bool;sparsevec_to_vector sparsevec,int4,bool
    halfvec_to_sparsevec halfvec,int4,bool;sparsevec_to_halfvec sparsevec,int4,bool
    hamming_distance bit,bit;jaccard_distance bit,bit
    =rows:arg
    avg vector|halfvec;sum vector|halfvec
    """),
]

// Which extensions a schema may have made with the superuser's rights.

/// Extensions that give types, functions and index methods, and nothing that reaches beyond the database.
///
/// Not among them, whatever a file says: those that read files, reach other servers or run programs (`file_fdw`, `dblink`,
/// `postgres_fdw`, `adminpack`, `plpython3u`, `plperlu`, `pg_cron`, …).
enum AllowedExtensions {
  static let names: Set<String> = [
    "address_standardizer", "amcheck", "autoinc", "bloom", "btree_gin", "btree_gist", "citext", "cube", "dict_int",
    "dict_xsyn", "earthdistance", "fuzzystrmatch", "h3", "hll", "hstore", "insert_username", "intarray", "ip4r", "isn",
    "ltree", "moddatetime", "pg_bigm", "pg_buffercache", "pg_freespacemap", "pg_hashids", "pg_jsonschema", "pg_prewarm",
    "pg_stat_statements", "pg_trgm", "pg_uuidv7", "pgcrypto", "pgroonga", "pgrowlocks", "pgstattuple", "pgtap",
    "pgvector", "plpgsql", "postgis", "postgis_raster", "postgis_tiger_geocoder", "postgis_topology", "prefix",
    "refint",
    "rum", "seg", "semver", "sslinfo", "tablefunc", "tcn", "temporal_tables", "timescaledb", "tsm_system_rows",
    "tsm_system_time", "unaccent", "unit", "uuid-ossp", "vector", "vectorscale", "xml2",
  ]
}

// The tables that rules ask. This text is their documentation: `vet --dump` writes it into the file, comments included, and the
// article shows it. Version 4 (1 had no plans, 2 did not say which blocks are complete, 3 had no expressions); a column is never taken
// away or given another meaning without a new version.

/// The schema of the facts.
public let factTables = """
  -- Facts about a project, for rules. Every `place` is an id in `places`.
  CREATE TABLE facts (
    version INTEGER NOT NULL -- of these tables: 4
  );
  CREATE TABLE options ( -- what 'vet.options' of the configuration says, defaults included
    name TEXT PRIMARY KEY, value TEXT NOT NULL
  );
  CREATE TABLE policies ( -- 'tenant' and 'soft_delete' of the configuration
    kind TEXT NOT NULL, "column" TEXT NOT NULL
  );
  CREATE TABLE places ( -- stretches of files
    id INTEGER PRIMARY KEY, path TEXT NOT NULL, lower INTEGER NOT NULL, upper INTEGER NOT NULL, -- in bytes
    line INTEGER NOT NULL, "column" INTEGER NOT NULL -- of its beginning, from 1
  );
  CREATE TABLE blocks ( -- entries of 'sql' in the configuration
    id INTEGER PRIMARY KEY, engine TEXT NOT NULL,
    is_complete INTEGER NOT NULL -- no query has errors: what none of `queries` does, nobody does
  );

  -- The schema, after its last migration.
  CREATE TABLE tables (
    id INTEGER PRIMARY KEY, block_id INTEGER NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL, -- 'table', 'view', 'module'
    module TEXT, -- 'fts5'
    is_strict INTEGER NOT NULL, -- its types bind
    has_row_key INTEGER NOT NULL, -- the database numbers its rows
    place INTEGER
  );
  CREATE TABLE columns (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL,
    declared_type TEXT, -- as written
    type TEXT NOT NULL, -- as the engine spells what is stored
    is_nullable INTEGER NOT NULL, is_not_null INTEGER NOT NULL, -- NOT NULL is written or follows
    default_text TEXT, is_generated INTEGER NOT NULL, is_hidden INTEGER NOT NULL, collation TEXT,
    allowed_values TEXT, -- of a CHECK (x IN ('a', 'b')), a JSON array
    place INTEGER
  );
  CREATE TABLE keys (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, kind TEXT NOT NULL, -- 'primary', 'unique', 'index'
    name TEXT, place INTEGER
  );
  CREATE TABLE key_columns (key_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, column_id INTEGER NOT NULL);
  CREATE TABLE foreign_keys (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, name TEXT, parent TEXT NOT NULL, parent_id INTEGER,
    on_delete TEXT, on_update TEXT, -- as written, absent where nothing is
    place INTEGER
  );
  CREATE TABLE foreign_key_columns (
    foreign_key_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, column_id INTEGER NOT NULL, parent_column_id INTEGER
  );
  CREATE TABLE checks (id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, name TEXT, text TEXT NOT NULL, place INTEGER);
  CREATE TABLE indexes (
    id INTEGER PRIMARY KEY, table_id INTEGER NOT NULL, name TEXT NOT NULL, is_unique INTEGER NOT NULL,
    condition TEXT, -- of a partial index
    place INTEGER
  );
  CREATE TABLE index_columns (
    index_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, column_id INTEGER, -- absent for an expression
    text TEXT NOT NULL
  );
  CREATE TABLE triggers (
    id INTEGER PRIMARY KEY, table_id INTEGER, name TEXT NOT NULL, timing TEXT NOT NULL,
    event TEXT NOT NULL, -- 'insert', 'update', 'delete'
    text TEXT NOT NULL, place INTEGER
  );
  CREATE TABLE migrations (
    id INTEGER PRIMARY KEY, block_id INTEGER NOT NULL, version TEXT NOT NULL, name TEXT NOT NULL,
    has_down INTEGER NOT NULL, is_repeatable INTEGER NOT NULL, place INTEGER
  );

  -- The queries.
  CREATE TABLE queries (
    id INTEGER PRIMARY KEY, block_id INTEGER NOT NULL, name TEXT NOT NULL, command TEXT NOT NULL, -- 'many'
    path TEXT NOT NULL, text TEXT NOT NULL, is_read_only INTEGER NOT NULL,
    row_count TEXT NOT NULL, row_count_reason TEXT NOT NULL, -- 'exactlyOne', 'atMostOne', 'many': proven
    place INTEGER NOT NULL, -- its name
    statement_place INTEGER NOT NULL
  );
  CREATE TABLE parameters (
    query_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,
    is_nullable INTEGER NOT NULL, nullable_reason TEXT, is_list INTEGER NOT NULL,
    column_id INTEGER, -- the column that it is compared with or stored in
    place INTEGER NOT NULL
  );
  CREATE TABLE results (
    query_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, embed TEXT, type TEXT NOT NULL,
    is_nullable INTEGER NOT NULL, nullable_reason TEXT, column_id INTEGER, place INTEGER NOT NULL
  );
  CREATE TABLE query_tables ( -- views and triggers are seen through
    query_id INTEGER NOT NULL, table_id INTEGER NOT NULL, access TEXT NOT NULL -- 'read', 'write'
  );
  CREATE TABLE query_columns ( -- columns that a statement names or a star stands for; 'write': given a value
    query_id INTEGER NOT NULL, column_id INTEGER NOT NULL, access TEXT NOT NULL
  );
  CREATE TABLE pins ( -- column = parameter, where every row fulfils it
    query_id INTEGER NOT NULL, column_id INTEGER NOT NULL, parameter TEXT NOT NULL, place INTEGER NOT NULL
  );
  CREATE TABLE statements ( -- the outermost statement; of a query with choices with all of its predicates, and with none
    query_id INTEGER NOT NULL, combination TEXT NOT NULL, -- 'whole', 'least'
    verb TEXT NOT NULL, -- 'select', 'insert', 'update', 'delete', 'other'
    table_id INTEGER, -- that is written to
    has_condition INTEGER NOT NULL, -- on its rows, or on those of common and derived tables that they are made of; of an
                                    -- UPDATE also where one decides each value that is written
    has_limit INTEGER NOT NULL, has_order INTEGER NOT NULL,
    order_is_total INTEGER NOT NULL, -- no two rows can change places
    offset_place INTEGER
  );
  CREATE TABLE clauses ( -- parts of statements that are worth a look, subqueries included
    query_id INTEGER NOT NULL,
    kind TEXT NOT NULL, -- 'integer division', 'leading wildcard', 'loose comparison', 'not in null', 'counted existence'
    detail TEXT NOT NULL, place INTEGER NOT NULL
  );
  CREATE TABLE isolation ( -- what is not proven to be restricted: see the article
    query_id INTEGER NOT NULL, policy TEXT NOT NULL, -- 'tenant', 'soft_delete'
    kind TEXT NOT NULL, table_name TEXT NOT NULL, "column" TEXT NOT NULL, reason TEXT NOT NULL, place INTEGER NOT NULL
  );

  -- How statements and definitions are written: filled where a rule names one of these tables, and in a dump. Of SQLite's
  -- blocks; a query with choices has all of its predicates.
  CREATE TABLE expressions (
    id INTEGER PRIMARY KEY,
    query_id INTEGER, -- absent in the schema
    part TEXT NOT NULL, -- 'query', or of the schema 'check', 'default', 'generated', 'index', 'view', 'table' (its columns)
    table_id INTEGER, -- that a part of the schema belongs to
    parent_id INTEGER, -- the expression that it is part of; of a subquery's the subquery
    role TEXT NOT NULL, -- 'result', 'condition' (taken for true or false), 'value' (of a column that is written), 'definition',
                        -- (of a column; its name is the type as declared), 'group',
                        -- 'order', 'partition', 'limit', 'offset', 'source' (a function in FROM); in another expression
                        -- 'argument', 'left', 'right', 'operand', 'item', 'low', 'high', 'pattern', 'escape', 'comparand',
                        -- 'then', 'otherwise'
    ordinal INTEGER NOT NULL, -- among those of its role
    kind TEXT NOT NULL, -- 'integer', 'decimal', 'string', 'blob', 'null', 'boolean', 'moment' (CURRENT_DATE), 'parameter',
                        -- 'column', 'unary', 'binary', 'null test', 'like', 'between', 'list' (IN), 'membership' (IN a
                        -- query), 'collate', 'cast', 'case', 'call', 'exists', 'subquery', 'row', 'raise', 'macro'
    name TEXT NOT NULL, -- a literal's value, an operator, a function, a column, a CAST's type, a collation
    text TEXT NOT NULL, -- as written
    in_parentheses INTEGER NOT NULL,
    use TEXT NOT NULL, -- of a call: 'scalar', 'aggregate', 'distinct aggregate', 'window'
    type TEXT, -- on PostgreSQL, by its documentation's name: 'integer', 'timestamp with time zone'; 'unknown' of literals and
               -- parameters that take their neighbour's; absent where that is not known
    category TEXT, -- of that type: 'number', 'text', 'boolean', 'moment', 'document' (JSON), 'bytes', 'untyped', 'other'
    affinity TEXT, -- on SQLite, of a column or a CAST
    is_nullable INTEGER, -- absent where that was not asked
    column_id INTEGER, target_id INTEGER, -- the column that it becomes the value of
    target_type TEXT, -- that column's on PostgreSQL
    place INTEGER NOT NULL
  );
  CREATE VIEW comparisons AS -- two values that are compared, each with the other; BETWEEN, IN and CASE compare too
    SELECT e.query_id, e.part, e.name AS operator, e.place, a.id AS one_id, b.id AS other_id
    FROM expressions e JOIN expressions a ON a.parent_id = e.id JOIN expressions b ON b.parent_id = e.id AND b.id <> a.id
    WHERE e.kind = 'binary' AND e.name IN ('=', '<>', '<', '<=', '>', '>=', 'IS', 'IS NOT')
    OR e.kind IN ('between', 'list', 'case') AND (a.role = 'operand' AND b.role IN ('low', 'high', 'item', 'comparand')
      OR b.role = 'operand' AND a.role IN ('low', 'high', 'item', 'comparand'));
  CREATE TABLE order_terms ( -- of ORDER BY
    query_id INTEGER, expression_id INTEGER NOT NULL,
    context TEXT NOT NULL, -- 'query', 'window', 'aggregate'
    direction TEXT NOT NULL, -- 'ascending', 'descending'
    nulls TEXT, -- 'first', 'last', as written
    is_total INTEGER NOT NULL, -- a key is among its terms
    function TEXT -- of the window or aggregate
  );
  CREATE TABLE spellings ( -- ways of writing that another database reads otherwise or not at all
    query_id INTEGER, part TEXT NOT NULL, table_id INTEGER,
    kind TEXT NOT NULL, -- 'double equals', 'LIMIT with a comma': the rules of the pack `portable` name them
    detail TEXT NOT NULL, place INTEGER NOT NULL
  );

  -- Plans: filled where a rule names one of these tables, and in a dump.
  CREATE TABLE plans ( -- one for each combination of a query
    id INTEGER PRIMARY KEY, query_id INTEGER NOT NULL,
    combination TEXT NOT NULL -- 'status, since by created_at desc'; empty for a query without choices
  );
  CREATE TABLE plan_steps (
    plan_id INTEGER NOT NULL, query_id INTEGER NOT NULL, ordinal INTEGER NOT NULL,
    parent INTEGER, -- the ordinal of the step that it is part of
    kind TEXT NOT NULL, -- 'scan', 'index scan', 'search', 'automatic index', 'sort', 'subquery', 'correlated subquery',
                        -- 'intermediate' (rows that another step makes), 'other'
    table_id INTEGER, -- absent where a name stands for several tables
    source TEXT, -- what the statement calls it
    index_name TEXT, index_id INTEGER, -- absent for the index of a key
    is_index_only INTEGER NOT NULL, -- all that is wanted stands in the index
    terms TEXT NOT NULL, -- what rows are found by: 'user_id=? AND created_at>?'
    purpose TEXT, -- of a sort: 'ORDER BY', 'GROUP BY', 'DISTINCT'
    is_restricted INTEGER NOT NULL, -- by a condition on this table alone, more than a flag
    is_small INTEGER NOT NULL, -- of options.small_tables, or few rows by the statistics
    detail TEXT NOT NULL -- in the engine's words
  );
  CREATE TABLE wanted_indexes ( -- tried: the plan is better with it
    id INTEGER PRIMARY KEY, table_id INTEGER, name TEXT NOT NULL, columns TEXT NOT NULL, statement TEXT NOT NULL,
    replaces TEXT -- an index that it makes needless
  );
  CREATE TABLE index_requests ( -- the queries that want it, those first that are spared most
    wanted_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, query_id INTEGER NOT NULL,
    spares TEXT NOT NULL -- 'scan', 'automatic index', 'limited sort' (of all rows, to give a few), 'sort'
  );
  CREATE TABLE plan_changes ( -- since plans were written down
    query_id INTEGER, name TEXT NOT NULL, combination TEXT NOT NULL,
    kind TEXT NOT NULL, -- 'worse', 'changed', 'new', 'gone'
    detail TEXT NOT NULL, place INTEGER NOT NULL -- of the file's name in the configuration
  );
  """

/// The version of ``factTables``.
public let factVersion = 4

/// Made when all facts are in: rules join by what ends in `_id`.
let factIndexes = """
  CREATE INDEX idx_tables_block_id ON tables (block_id);
  CREATE INDEX idx_columns_table_id ON columns (table_id);
  CREATE INDEX idx_keys_table_id ON keys (table_id);
  CREATE INDEX idx_key_columns_key_id ON key_columns (key_id);
  CREATE INDEX idx_key_columns_column_id ON key_columns (column_id);
  CREATE INDEX idx_foreign_keys_table_id ON foreign_keys (table_id);
  CREATE INDEX idx_foreign_keys_parent_id ON foreign_keys (parent_id);
  CREATE INDEX idx_foreign_key_columns_foreign_key_id ON foreign_key_columns (foreign_key_id);
  CREATE INDEX idx_foreign_key_columns_column_id ON foreign_key_columns (column_id);
  CREATE INDEX idx_foreign_key_columns_parent_column_id ON foreign_key_columns (parent_column_id);
  CREATE INDEX idx_checks_table_id ON checks (table_id);
  CREATE INDEX idx_indexes_table_id ON indexes (table_id);
  CREATE INDEX idx_index_columns_index_id ON index_columns (index_id);
  CREATE INDEX idx_index_columns_column_id ON index_columns (column_id);
  CREATE INDEX idx_triggers_table_id ON triggers (table_id);
  CREATE INDEX idx_migrations_block_id ON migrations (block_id);
  CREATE INDEX idx_queries_block_id ON queries (block_id);
  CREATE INDEX idx_parameters_query_id ON parameters (query_id);
  CREATE INDEX idx_parameters_column_id ON parameters (column_id);
  CREATE INDEX idx_results_query_id ON results (query_id);
  CREATE INDEX idx_results_column_id ON results (column_id);
  CREATE INDEX idx_query_tables_query_id ON query_tables (query_id);
  CREATE INDEX idx_query_tables_table_id ON query_tables (table_id);
  CREATE INDEX idx_query_columns_query_id ON query_columns (query_id);
  CREATE INDEX idx_query_columns_column_id ON query_columns (column_id);
  CREATE INDEX idx_pins_query_id ON pins (query_id);
  CREATE INDEX idx_pins_column_id ON pins (column_id);
  CREATE INDEX idx_statements_query_id ON statements (query_id);
  CREATE INDEX idx_statements_table_id ON statements (table_id);
  CREATE INDEX idx_clauses_query_id ON clauses (query_id);
  CREATE INDEX idx_isolation_query_id ON isolation (query_id);
  CREATE INDEX idx_tables_name ON tables (lower(name));
  CREATE INDEX idx_expressions_kind ON expressions (kind, name);
  CREATE INDEX idx_expressions_query_id ON expressions (query_id);
  CREATE INDEX idx_expressions_parent_id ON expressions (parent_id);
  CREATE INDEX idx_order_terms_expression_id ON order_terms (expression_id);
  CREATE INDEX idx_spellings_kind ON spellings (kind);
  CREATE INDEX idx_plans_query_id ON plans (query_id);
  CREATE INDEX idx_plan_steps_plan_id ON plan_steps (plan_id);
  CREATE INDEX idx_plan_steps_query_id ON plan_steps (query_id);
  CREATE INDEX idx_plan_steps_table_id ON plan_steps (table_id);
  CREATE INDEX idx_plan_steps_index_id ON plan_steps (index_id);
  CREATE INDEX idx_wanted_indexes_table_id ON wanted_indexes (table_id);
  CREATE INDEX idx_index_requests_wanted_id ON index_requests (wanted_id);
  CREATE INDEX idx_index_requests_query_id ON index_requests (query_id);
  CREATE INDEX idx_plan_changes_query_id ON plan_changes (query_id);
  """

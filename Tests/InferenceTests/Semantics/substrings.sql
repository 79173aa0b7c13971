-- substr() of a BLOB is a BLOB (lang_corefunc.html#substr), so of what can be one it can be either.
SELECT substr(d, 1, 2) FROM t
--     ^ ANY?
SELECT substr(coalesce(b, r, x), 1, 2) FROM t
--     ^ ANY?
SELECT substr(b, 1), substr(nn, 1), substr(n, 1) FROM t
--     ^ BLOB?
--                   ^ TEXT
--                                  ^ TEXT
SELECT substr(x ->> '$.a', 1), substr(json_extract(x, '$.a'), 1) FROM t
--     ^ TEXT?
--                             ^ TEXT?

/* A file
   with a head. */

-- name: A :many
SELECT -- all of it
  id, -- the key
  name, -- what people read
  /* inline */ age,
  count(* /* rows */) AS n
FROM people -- living ones
WHERE -- only
  -- those over
  age > 18
  /* years */ AND name IS NOT NULL
  -- and known
  AND ( -- one of
    city = 'a' -- here
    OR city = 'b'
    -- nowhere else
  )
GROUP BY id;
;

-- name: B :one
-- documents B

-- not B's
SELECT 1; /* behind */ -- too
-- the end

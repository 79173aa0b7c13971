/* A file
   with a head. */

-- name: A :many
select -- all of it
  id, -- the key
  name -- what people read
  , /* inline */ age, count(*/* rows */) as n
from people -- living ones
where -- only
  -- those over
  age > 18 /* years */ and name is not null
  -- and known
  and ( -- one of
    city = 'a' -- here
    or city = 'b'
    -- nowhere else
  )
group by id;
;
-- name: B :one
-- documents B

-- not B's
select
  1; /* behind */ -- too
-- the end

-- name: GetThing :one
SELECT * FROM things WHERE id = @id;

-- name: AddThing :one
INSERT INTO things (
  small, medium, big, single, exact, price, huge, cash, is_on, name, code, fixed, letter, handle, picture, key, happened,
  noted, day, opens, closes, took, document, settings, network, host, card, long_card, flags, more_flags, search, path,
  number, page, feeling, contact, amount, place, label, state, kind, shade, ages, spans, days, tags, scores, feelings,
  places, contacts, keys, moments
) VALUES (
  @small, @medium, @big, @single, @exact, @price, @huge, @cash, @is_on, @name, @code, @fixed, @letter, @handle, @picture,
  @key, @happened, @noted, @day, @opens, @closes, @took, @document, @settings, @network, @host, @card, @long_card, @flags,
  @more_flags, @search, @path, @number, @page, @feeling, @contact, @amount, @place, @label, @state, @kind, @shade, @ages,
  @spans, @days, @tags, @scores, @feelings, @places, @contacts, @keys, @moments
) RETURNING *;

-- name: LoadThings :copyfrom
INSERT INTO things (
  small, medium, single, exact, price, is_on, name, happened, feeling, contact, amount, place, label, kind, spans, tags
) VALUES (
  @small, @medium, @single, @exact, @price, @is_on, @name, @happened, @feeling, @contact, @amount, @place, @label, @kind,
  @spans, @tags
);

-- name: ThingsByKind :many
SELECT id, kind, feeling, array_agg(id) OVER () AS ids, ARRAY[name, code] AS names FROM things
WHERE kind = @kind AND feeling = ANY (@feelings::mood[]) AND amount > @amount AND ages @> @age;

-- name: ByContact :many
SELECT id, contact, lower(spans) AS starts, (place).x AS x, label FROM things WHERE contact = @contact;

-- name: Nearest :one
SELECT max(happened) AS latest, sum(big) AS total, count(*) AS n, avg(exact) AS mean, min(day) AS first FROM things;

-- name: SetState :exec
UPDATE things SET state = sqlc.narg(state), took = coalesce(sqlc.narg(took), took) WHERE id = @id;

-- name: Nearest :many
SELECT id, title, vec_distance_cosine(embedding, ?) AS distance, vec_length(embedding) AS n FROM docs ORDER BY distance LIMIT ?;
-- name: Slugs :many
SELECT slugify(title) AS slug, slugify(note) AS note_slug, median(id) OVER () AS m FROM docs WHERE slugify(title) = ? AND title = ? COLLATE GERMAN;
-- name: People :many
SELECT * FROM people WHERE name = ? AND extra = ?;
-- name: Med :one
SELECT median(id) AS m FROM docs;

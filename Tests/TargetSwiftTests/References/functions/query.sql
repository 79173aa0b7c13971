-- name: Nearest :many
SELECT id, title, vec_distance_cosine(embedding, ?) AS distance, vec_length(embedding) AS n FROM docs ORDER BY distance LIMIT ?;

-- name: Slugs :many
SELECT slugify(title) AS slug, slugify(note) AS note_slug FROM docs WHERE slugify(title) = ? OR title = ?;

-- name: Middle :one
SELECT median(id) AS middle FROM docs;

-- name: Sorted :many
SELECT title FROM docs ORDER BY title;

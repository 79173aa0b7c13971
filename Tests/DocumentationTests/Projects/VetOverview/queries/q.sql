-- name: One :one
SELECT id FROM a_table_with_a_name_of_many_letters WHERE id = @id;

-- name: Orders :many
-- Orders with their customers.
select o.id,o.total , c.name as customer_name, coalesce(o.note,'') as note, case when o.paid_at is null then 'open' when o.sent_at is null then 'paid' else 'done' end as state
  from orders as o join customers as c on c.id=o.customer_id
  left join addresses as a on a.customer_id=c.id and a.kind='delivery' and a.valid_from<=o.created_at and a.valid_until>o.created_at
  where o.tenant_id=sqlc.arg(tenant) and ( o.state in ('open','paid') or o.total>=sqlc.arg(minimum) )
  and sqlc.optional(status, o.status=sqlc.arg(status)) -- left out when nil
  and not exists(select 1 from blocked as b where b.customer_id=c.id)
  order by sqlc.order(o.created_at desc,o.total as total,c.name collate nocase as customer nulls last) limit sqlc.arg(page);
-- name: Short :one
select * from orders where id=?;


-- name: Long :many
select id from orders where id in (1000001,1000002,1000003,1000004,1000005,1000006,1000007,1000008,1000009,1000010,1000011,1000012);

-- name: Tree :many
with recursive tree(id,parent,depth) as (select id,parent_id,0 from nodes where id=?1 union all select n.id,n.parent_id,t.depth+1 from nodes n join tree t on n.parent_id=t.id where t.depth<10),
leaves as materialized (select id from tree where depth>3)
select tree.*, count( * ), max( tree.depth )-1 as deepest from tree join leaves using(id);

-- name: Running :many
select day, sum(amount) over (partition by account_id order by day rows between unbounded preceding and current row) as balance,
 rank() over w as place, sum(amount) filter (where amount>0) over (partition by account_id, currency, booking_kind order by day desc, id desc groups between 3 preceding and 1 following exclude ties) as income
 from bookings window w as (partition by account_id order by amount desc);

-- name: Save :exec
insert into settings(key,value,updated_at) values(?,?,current_timestamp) on conflict(key) do update set value=excluded.value,updated_at=excluded.updated_at where settings.value<>excluded.value returning *;

-- name: Copy :execrows
insert into archive(id,body) select id , body||'' from messages where created_at<? -- too old
;
-- name: Rename :exec
update customers set name=?1, name_key=lower(?1), (city,zip)=(select city,zip from addresses where customer_id=customers.id limit 1) where id=?2;
/* name: Purge :execrows */ delete from messages where id in (select id from messages where deleted_at is not null order by deleted_at limit ?);

-- name: Either :many
select id, 'a' as kind from a union all select id, 'b' from b /* the rest */ except select id, kind from hidden
-- stands above
order by id; -- stands behind

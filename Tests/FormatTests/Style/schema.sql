-- +goose Up
-- +goose StatementBegin
create table if not exists orders (
id integer primary key autoincrement, -- never reused
  tenant_id integer not null references tenants(id) on delete cascade,

  -- What it costs, in cents.
  total integer not null default 0 check(total>=0),
  state text not null default 'open' check(state in('open','paid','sent','returned','cancelled')) collate nocase,
  "delivery address" DECIMAL(10,2), note,
  margin real generated always as (total*0.1) stored,
  constraint uq_orders unique(tenant_id,state),
  foreign key(tenant_id,state) references tenant_states(tenant_id,state) on delete restrict on update cascade deferrable initially deferred,
  check((state='open' and total>0) or (state='paid' and total>=0 and note is not null) or state not in ('open','paid'))
  -- nothing else
) strict, without rowid;
-- +goose StatementEnd
create unique index if not exists ix_orders on orders(tenant_id,lower(state),total desc) where state<>'cancelled';
create index ix_orders_of_tenants_by_state_and_total on orders(tenant_id, state collate nocase, total desc) where state not in ('cancelled', 'returned');
create view open_orders as select o.id, o.total*2, total  +  1 from orders o where state='open';
create view named (a,b) as select id,total*2 from orders;
create virtual table search using fts5(title, body  ,  content = 'orders', tokenize = "porter  unicode61");
create trigger tr_orders after update of state, total on orders for each row when new.state<>old.state and new.total>0 begin
  update orders set total=new.total where id=new.id; select raise(abort,'no') where new.total<0;

  -- kept apart
  insert into log(order_id,at) values(new.id,current_timestamp);
end;
alter table orders add column region text not null default 'eu' check(region in ('eu','us'));
pragma foreign_keys=on;
-- +goose Down
drop table orders ;

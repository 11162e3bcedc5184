-- The limit L: one order of five lines in one function call and one transaction, with prices and totals handed in, writing the same rows
-- into the same tables with the same indexes and foreign keys as the product does.
create or replace function bench_place(p_partner uuid, p_key text, p_no text, p_products uuid[], p_qty bigint[], p_price bigint[], p_now timestamptz, p_answer text) returns uuid language plpgsql as $$
declare
  v_order uuid := uuidv7();
  v_gross bigint; v_net bigint;
  v_touched int;
begin
  select sum(q * pr / 100000000), sum(round(q * pr / 100000000 / 1.13)) into v_gross, v_net from unnest(p_qty, p_price) as x(q, pr);
  update credit_account set held_amount = held_amount + v_gross where partner_id = p_partner and (limit_amount is null or balance_amount + held_amount + v_gross <= limit_amount);
  if not found then raise exception 'credit'; end if;
  with taken as (
    select s.product_id, s.warehouse_id, x.q from unnest(p_products, p_qty) as x(id, q) join stock s on s.product_id = x.id
    where s.on_hand_qty - s.reserved_qty >= x.q order by s.product_id, s.warehouse_id for update of s)
  update stock s set reserved_qty = s.reserved_qty + t.q from taken t where s.product_id = t.product_id and s.warehouse_id = t.warehouse_id;
  get diagnostics v_touched = row_count;
  if v_touched < array_length(p_products, 1) then raise exception 'stock'; end if;
  insert into sales_order (id, no, partner_id, state, version, channel, own_stock, po_no, currency, tax_inclusive, payment_method, payment_term, requested_on, net_amount, tax_amount, gross_amount, held_amount, pricing_on, reserved_until, submitted_at, created_at, state_since)
    values (v_order, p_no, p_partner, 'to_confirm', 2, 'api', true, p_key, 'CNY', true, 'bank_transfer', '{"kind":"net_days","days":30}', p_now::date + 7, v_net, v_gross - v_net, v_gross, v_gross, p_now::date, p_now + interval '6 days', p_now, p_now, p_now);
  insert into partner_po (partner_id, po_no, order_id) values (p_partner, p_key, v_order);
  insert into order_line (order_id, line_no, partner_id, product_id, qty, unit, requested_on, agreed_price, unit_price, tax_rate, net_amount, tax_amount, gross_amount, promised_on)
    select v_order, n, p_partner, id, q, '件', p_now::date + 7, pr, pr, 130000, round(q * pr / 100000000 / 1.13), q * pr / 100000000 - round(q * pr / 100000000 / 1.13), q * pr / 100000000, p_now::date + 7
    from unnest(p_products, p_qty, p_price) with ordinality as x(id, q, pr, n);
  insert into reservation (id, order_id, line_no, partner_id, product_id, warehouse_id, qty, state, promised_on)
    select uuidv7(), v_order, n, p_partner, id, '00000000-0000-7000-8004-000000000001', q, 'soft', p_now::date + 7 from unnest(p_products, p_qty) with ordinality as x(id, q, n);
  insert into event (id, document_type, document_id, document_no, version, type, at, partner_id, actor_kind, cause, payload) values
    (uuidv7(), 'order', v_order, p_no, 1, 'order.submitted', p_now, p_partner, 'partner', jsonb_build_object('requestId', v_order, 'operation', 'orderCreate', 'key', p_key), jsonb_build_object('created', true, 'channel', 'api', 'gross', v_gross, 'lines', 5)),
    (uuidv7(), 'order', v_order, p_no, 2, 'order.availability_passed', p_now, p_partner, 'partner', jsonb_build_object('requestId', v_order, 'operation', 'orderCreate', 'key', p_key), '{"automatic": ["passTerms", "passAvailability"]}');
  insert into task (id, kind, document_type, document_id, document_no, partner_id, side, role, user_id, article, due_at, due_is_provisional, opened_at, remind_at)
    values (uuidv7(), 'order.send_confirmation', 'order', v_order, p_no, p_partner, 'staff', 'sales', '00000000-0000-7000-8003-0000000fffff', 'R4.3', p_now + interval '2 hours', false, p_now, p_now + interval '1 hour');
  insert into idempotency (caller_id, key, operation, request_hash, status, answer, etag, at)
    values (p_partner, p_key, 'orderCreate', md5(p_key) || md5(p_key), 201, p_answer, '2', p_now);
  return v_order;
end $$;

-- What the bare route reads: an order with its lines, and the newest fifty.
create or replace function bench_order(p_id uuid) returns text language sql stable as $$
  select (to_jsonb(o) || jsonb_build_object('lines', (select jsonb_agg(to_jsonb(l) order by l.line_no) from order_line l where l.order_id = o.id)))::text
  from sales_order o where o.id = p_id $$;
create or replace function bench_orders() returns text language sql stable as $$
  select jsonb_agg(x)::text from (select id, no, partner_id, state, po_no, currency, requested_on, net_amount, tax_amount, gross_amount, submitted_at, created_at from sales_order order by id desc limit 50) x $$;

/** Masters and history for the benchmark: 512 partners with a key each, 1,024 products with agreement prices in breaks, and a key for each role of staff that a measurement needs. */
import pg from 'pg';
import { hashToken, newApiKey } from '../src/server/platform/auth/tokens.ts';
import { PARTNERS, PRODUCTS, userId, WAREHOUSE } from './ids.ts';

const PIECES = 50_000_000_0000n;

/** Keys of the partners in their order, and of staff by role. */
export type Keys = { partners: string[]; staff: Record<(typeof STAFF)[number], string> };
const FIRST_STAFF = 0x100000;
const STAFF = ['manager', 'sales', 'warehouse', 'logistics', 'finance'] as const;
const SALES = FIRST_STAFF + STAFF.indexOf('sales');

/** Fills an empty, migrated database. */
export async function seed(ownerUrl: string, now: Date): Promise<Keys> {
  const client = new pg.Client({ connectionString: ownerUrl, options: '-c app.scope=company -c timezone=UTC' });
  await client.connect();
  try {
    const keys = Array.from({ length: PARTNERS }, () => newApiKey());
    await client.query('begin');
    await client.query(
      `insert into installation (id, is_demo) values (gen_random_uuid(), false) on conflict do nothing`,
    );
    await client.query(
      `insert into company (id, name, name_en, currency, updated_at) values (gen_random_uuid(), '基准公司', 'Bench Ltd', 'CNY', $1)`,
      [now],
    );
    await client.query(`insert into warehouse (id, code, name) values ($1, 'W1', '仓库')`, [WAREHOUSE]);
    await client.query(
      `insert into app_user (id, kind, login, login_folded, name, created_at) values ('00000000-0000-7000-8003-0000000fffff', 'staff', 'sales', 'sales', '销售', $1)`,
      [now],
    );
    await client.query(
      `insert into user_role (user_id, role) select '00000000-0000-7000-8003-0000000fffff', r from unnest(array['sales', 'order_processing']) r`,
    );
    await client.query(
      `insert into price_list (id, code, name, kind, currency, tax_inclusive, price_scale, created_at)
       select ('00000000-0000-7000-8005-' || lpad(to_hex(n), 12, '0'))::uuid, 'AG-' || n, 'Agreement ' || n, 'agreement', 'CNY', true, 2, $1 from generate_series(1, 16) n`,
      [now],
    );
    await client.query(
      `insert into product (id, sku, name, name_en, unit, tax_rate, created_at, updated_at)
       select ('00000000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, 'B-' || lpad(n::text, 5, '0'), '产品 ' || n, 'Product ' || n, '件', 130000, $2, $2 from generate_series(1, $1::int) n`,
      [PRODUCTS, now],
    );
    await client.query(
      `insert into price_entry (id, price_list_id, product_id, min_qty, valid_from, valid_to, unit_price)
       select gen_random_uuid(), l.id, p.id, b.min * 10000, '2020-01-01', '2999-12-31', (100 + (abs(hashtext(p.sku)) % 900))::bigint * 1000000 * (100 - b.off) / 100
       from price_list l cross join product p cross join (values (0, 0), (11, 2), (25, 10)) as b(min, off)`,
    );
    await client.query(
      `insert into partner (id, no, state, name, name_folded, currency, payment_term, price_list_id, sales_owner_id, created_at, updated_at)
       select ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'P' || n, 'active', '伙伴 ' || n, '伙伴 ' || n, 'CNY', '{"kind":"net_days","days":30}',
         ('00000000-0000-7000-8005-' || lpad(to_hex(1 + n % 16), 12, '0'))::uuid, '00000000-0000-7000-8003-0000000fffff', $2, $2 from generate_series(1, $1::int) n`,
      [PARTNERS, now],
    );
    await client.query(
      `insert into credit_account (partner_id, currency, limit_amount) select id, 'CNY', 900000000000000 from partner`,
    );
    await client.query(
      `insert into agreement (id, no, partner_id, valid_from, valid_to, payment_term, created_at) select gen_random_uuid(), 'A-' || no, id, '2020-01-01', '2999-12-31', payment_term, $1 from partner`,
      [now],
    );
    await client.query(
      `insert into partner_address (id, partner_id, label, region_text, detail, receiver, phone, is_default) select gen_random_uuid(), id, '总仓', '江苏省 昆山市', '一号路 1 号', '收货人', '13800000000', true from partner`,
    );
    await client.query(
      `insert into app_user (id, kind, partner_id, login, login_folded, name, created_at)
       select ('00000000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid, 'service', ('00000000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'key-' || n, 'key-' || n, 'key ' || n, $2 from generate_series(1, $1::int) n`,
      [PARTNERS, now],
    );
    await client.query(
      `insert into user_role (user_id, role) select id, 'partner_buyer' from app_user where kind = 'service'`,
    );
    await client.query(
      `insert into api_key (id, key_hash, prefix, name, user_id, made_by, created_at)
       select gen_random_uuid(), k.hash, k.prefix, k.prefix, ('00000000-0000-7000-8003-' || lpad(to_hex(k.n::int), 12, '0'))::uuid, '00000000-0000-7000-8003-0000000fffff', $3
       from unnest($1::bytea[], $2::text[]) with ordinality as k(hash, prefix, n)`,
      [keys.map(({ key }) => hashToken(key)), keys.map(({ prefix }) => prefix), now],
    );
    const staff = await staffKeys(client, now);
    // Whoever confirms looks after all partners.
    await client.query('update partner set sales_owner_id = $1', [userId(SALES)]);
    await client.query(`insert into stock (product_id, warehouse_id, on_hand_qty) select id, $1, $2 from product`, [
      WAREHOUSE,
      PIECES.toString(),
    ]);
    await client.query(
      `insert into stock_move (id, product_id, warehouse_id, kind, qty, source_type, at) select gen_random_uuid(), id, $1, 'opening', $2, 'bench', $3 from product`,
      [WAREHOUSE, PIECES.toString(), now],
    );
    await client.query('commit');
    await client.query('vacuum analyze');
    return { partners: keys.map(({ key }) => key), staff };
  } finally {
    await client.end();
  }
}

async function staffKeys(client: pg.Client, now: Date): Promise<Keys['staff']> {
  const made = STAFF.map((role) => ({ role, ...newApiKey() }));
  for (const [n, { role, key, prefix }] of made.entries()) {
    const user = userId(FIRST_STAFF + n);
    await client.query(
      `insert into app_user (id, kind, login, login_folded, name, made_by, created_at) values ($1, 'service', $2, $2, $2, '00000000-0000-7000-8003-0000000fffff', $3)`,
      [user, `bench-${role}`, now],
    );
    await client.query('insert into user_role (user_id, role) values ($1, $2)', [user, role]);
    await client.query(
      `insert into api_key (id, key_hash, prefix, name, user_id, made_by, created_at) values (gen_random_uuid(), $1, $2, $2, $3, '00000000-0000-7000-8003-0000000fffff', $4)`,
      [hashToken(key), prefix, user, now],
    );
  }
  const keyOf = (role: (typeof STAFF)[number]) => made.find((one) => one.role === role)?.key ?? '';
  return {
    manager: keyOf('manager'),
    sales: keyOf('sales'),
    warehouse: keyOf('warehouse'),
    logistics: keyOf('logistics'),
    finance: keyOf('finance'),
  };
}

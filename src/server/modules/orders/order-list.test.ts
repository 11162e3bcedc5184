/** The list of orders and its filters, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type TestApp, testApp } from '../../../../tests/support/app.ts';
import { quiet, sql, type Tx } from '../../platform/db/database.ts';
import { readOrderList } from './order-list.ts';
import { type Goods, goods } from '../../../../tests/support/goods.ts';

let t: TestApp;
let g: Goods;
let sales: Actor;

beforeAll(async () => {
  t = await testApp();
  g = await goods(t);
  sales = await t.as('sales');
});
afterAll(() => t.close());

async function draft(partnerId: string): Promise<{ id: string; no: string; version: number }> {
  const product = await g.product();
  const { body } = await sales.post('/api/v1/orders', { partnerId, lines: [{ sku: product.sku, qty: '1' }] });
  return body;
}
const numbers = async (query: string): Promise<string[]> => {
  const { body } = await sales.get(`/api/v1/orders?${query}`);
  return body.items.map(({ no }: { no: string }) => no).sort();
};

describe('list of orders', () => {
  it('R5.3 orders on hold are found, by their own hold and by that of their partner', async () => {
    const partnerId = await t.partner();
    const [free, held] = [await draft(partnerId), await draft(partnerId)];
    await sales.post(`/api/v1/orders/${held.id}/hold`, { reason: '待核实' }, { ifMatch: held.version });
    expect(await numbers(`partnerId=${partnerId}&onHold=true`)).toEqual([held.no]);
    expect(await numbers(`partnerId=${partnerId}&onHold=false`)).toEqual([free.no]);
    await t.sql(
      `insert into hold (id, partner_id, order_id, kind, reason, placed_at) values (gen_random_uuid(), $1, null, 'overdue', '逾期', now())`,
      [partnerId],
    );
    expect(await numbers(`partnerId=${partnerId}&onHold=true`)).toEqual([free.no, held.no].sort());
  });

  it('R5.3 several statuses of delivery can be asked for at once', async () => {
    const partnerId = await t.partner();
    const [first, second, third] = [await draft(partnerId), await draft(partnerId), await draft(partnerId)];
    for (const [id, status] of [
      [first.id, 'ready'],
      [second.id, 'shipped'],
    ])
      await t.sql('update sales_order set delivery_status = $2 where id = $1', [id, status]);
    expect(await numbers(`partnerId=${partnerId}&deliveryStatus=ready&deliveryStatus=shipped`)).toEqual(
      [first.no, second.no].sort(),
    );
    expect(await numbers(`partnerId=${partnerId}&deliveryStatus=none`)).toEqual([third.no]);
  });
});

it('P1 a list whose connection is lost is refused once, and leaves nothing unheard that would end the server', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown) => unheard.push(error);
  process.on('unhandledRejection', hear);
  const lost = (after: number) =>
    quiet(new Promise<never>((_, fail) => setTimeout(() => fail(new Error('Connection terminated')), after)));
  // The page fails at once, what counts it a moment later.
  const tx: Tx = { query: ({ text }) => lost(text.includes('count') ? 20 : 1), run: () => lost(1) };
  const now = t.clock.now();
  const actor = await t.services.authenticator.bySession((await t.signedIn('manager')).token, now);
  if (actor === null) throw new Error('not signed in');
  const reader = { actor, env: await t.services.settings.env(now), now };
  await expect(readOrderList(tx, { limit: 50 }, reader)).rejects.toThrow('Connection terminated');
  await new Promise((done) => setTimeout(done, 60));
  process.off('unhandledRejection', hear);
  expect(unheard).toEqual([]);
});

describe('finding orders', () => {
  it('R5.3 orders are found by the beginning of their number, of the partner’s number and of the customer’s name, and by the partner', async () => {
    // No digit in what the partner is called: a running number would find all its orders by that too.
    const partnerId = await t.partner({ no: 'JND', name: '江南灯具有限公司' });
    const product = await g.product();
    const place = async (rest: Record<string, unknown>) =>
      (await sales.post('/api/v1/orders', { partnerId, lines: [{ sku: product.sku, qty: '1' }], ...rest })).body;
    const a = await place({ poNo: 'KX-2026/17', customerName: '滨江酒店' });
    const b = await place({ poNo: 'KX-2026/18' });
    const running = a.no.split('-').at(-1).replace(/^0+/, '');
    // Other partners have digits in their names: two of them find what is theirs as well.
    expect(await numbers(`partnerId=${partnerId}&q=${running}`)).toEqual([a.no]);
    for (const [typed, found] of [
      [a.no, [a.no]],
      ['kx-2026', [a.no, b.no]],
      ['滨江', [a.no]],
      ['江南灯', [a.no, b.no]],
      ['nothing like it', []],
      ['100%_', []],
    ] as const)
      expect([typed, await numbers(`q=${encodeURIComponent(typed)}`)]).toEqual([typed, [...found].sort()]);
    const stranger = await t.as({ partnerId: await t.partner(), role: 'partner_buyer' });
    expect((await stranger.get(`/api/v1/orders?q=${a.no}`)).body.items).toEqual([]);
  });

  it('R5.3 pages follow each other without gap or repetition in every order, and days are days of the company', async () => {
    const partnerId = await t.partner();
    for (let i = 0; i < 5; i += 1) {
      t.clock.advance(1000);
      await draft(partnerId);
    }
    const today = '2026-03-10';
    for (const sort of ['created', '-created', 'gross', '-gross', 'requested', '-requested']) {
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { status, body } = await sales.get(
          `/api/v1/orders?partnerId=${partnerId}&sort=${sort}&limit=2&createdFrom=${today}&createdTo=${today}${cursor === '' ? '' : `&cursor=${cursor}`}`,
        );
        expect(status).toBe(200);
        seen.push(...body.items.map(({ no }: { no: string }) => no));
        if (cursor === '') expect([body.total, body.totalIsExact, body.totalIsEstimate]).toEqual([5, true, false]);
        cursor = body.nextCursor;
      }
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 5, 5]);
    }
    expect(await numbers(`partnerId=${partnerId}&createdFrom=2026-03-11`)).toEqual([]);
    expect(await numbers(`partnerId=${partnerId}&createdTo=2026-03-09`)).toEqual([]);
    const bad = await sales.get(`/api/v1/orders?sort=gross&cursor=${Buffer.from('["x","y"]').toString('base64url')}`);
    expect([bad.status, bad.body.code]).toEqual([400, 'request.bad_cursor']);
  });
});

describe('the list, page by page', () => {
  type Made = {
    id: string;
    state: string;
    no: string;
    gross: string;
    requested: string | null;
    delivery: string;
    payment: string;
    invoice: string;
    partner: string;
    product: boolean;
  };
  let made: Made[];
  let productId: string;
  let rareId: string;
  const far: string[] = [];
  let near: string;

  // Fifteen hundred orders, copies of one with other states, sums and days: more than are counted one by one.
  beforeAll(async () => {
    near = await t.partner();
    far.push(await t.partner({ ownerId: (await t.as({ role: 'sales', name: '遠方' })).userId }));
    const template = await draft(near);
    productId = (await g.product()).id;
    rareId = (await g.product()).id;
    const columns = (
      await t.sql<{ name: string }>(
        `select attname as name from pg_attribute where attrelid = 'sales_order'::regclass and attnum > 0 and not attisdropped`,
      )
    ).map(({ name }) => name);
    const changed: Record<string, string> = {
      id: `('00000000-' || lpad(to_hex(n / 65536), 4, '0') || '-7000-8000-' || lpad(to_hex(n * 7919 % 1500), 12, '0'))::uuid`,
      no: `'SO-LIST-' || lpad(n::text, 5, '0')`,
      po_no: 'null',
      state: `(array['completed', 'cancelled', 'in_effect', 'to_confirm'])[case when n % 100 < 60 then 1 when n % 100 < 80 then 2 when n % 100 < 97 then 3 else 4 end]`,
      gross_amount: '(n * 37 % 900 + 1)::bigint * 100',
      net_amount: '(n * 37 % 900 + 1)::bigint * 100',
      tax_amount: '0',
      requested_on: `case when n % 11 = 0 then null else date '2026-01-01' + n * 13 % 400 end`,
      delivery_status: `case when n % 50 = 0 then 'shipped' else 'none' end`,
      payment_status: `case when n % 70 = 0 then 'overdue' else 'none_due' end`,
      // Completed orders are invoiced, but for a few; others are not, but for a few.
      invoice_status: `case when n % 100 < 60 then case when n % 150 = 0 then 'none' else 'invoiced' end when n % 200 = 81 then 'part_invoiced' else 'none' end`,
      partner_id: `case when n % 9 = 0 then '${far[0]}'::uuid else partner_id end`,
    };
    await t.sql(
      `insert into sales_order (${columns.join(', ')}) select ${columns.map((name) => changed[name] ?? name).join(', ')} from sales_order, generate_series(1, 1500) n where id = $1`,
      [template.id],
    );
    await t.sql(
      `insert into order_line (order_id, line_no, partner_id, product_id, qty, unit, unit_price, tax_rate, net_amount, tax_amount, gross_amount)
       select o.id, l, o.partner_id, case when l = 3 then $2::uuid else $1::uuid end, 10000, '件', 0, 0, 0, 0, 0 from sales_order o, generate_series(1, 3) l
       where o.no like 'SO-LIST-%' and case when l = 3 then right(o.no, 2) = '07' else right(o.no, 1) <> '4' end`,
      [productId, rareId],
    );
    await t.sql('analyze sales_order, order_line');
    made = await t.sql<Made>(
      `select o.id, o.no, o.state, o.gross_amount::text as gross, o.requested_on::text as requested, o.delivery_status as delivery, o.payment_status as payment, o.invoice_status as invoice, o.partner_id as partner,
         exists (select from order_line l where l.order_id = o.id and l.product_id = $1) as product from sales_order o`,
      [productId],
    );
  });

  const keyOf = (sort: string) => (row: Made) =>
    `${sort.endsWith('gross') ? row.gross.padStart(12, '0') : sort.endsWith('requested') ? (row.requested ?? '2999-12-31') : ''} ${row.id}`;

  async function walk(actor: Actor, query: string): Promise<{ ids: string[]; total: number }> {
    const ids: string[] = [];
    let cursor: string | null = null;
    let total = 0;
    do {
      const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await actor.get(`/api/v1/orders?limit=200&${query}${next}`);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      if (cursor === null) total = body.total;
      cursor = body.nextCursor;
    } while (cursor !== null);
    return { ids, total };
  }

  const FILTERS: Record<string, (row: Made) => boolean> = {
    '': () => true,
    'state=completed': ({ state }) => state === 'completed',
    'state=to_confirm': ({ state }) => state === 'to_confirm',
    'state=in_effect&state=completed&state=draft': ({ state }) => ['in_effect', 'completed', 'draft'].includes(state),
    'state=completed&state=completed&state=cancelled&state=in_effect': ({ state }) =>
      ['completed', 'cancelled', 'in_effect'].includes(state),
    'deliveryStatus=none&deliveryStatus=none': ({ delivery }) => delivery === 'none',
    'deliveryStatus=shipped': ({ delivery }) => delivery === 'shipped',
    'deliveryStatus=none&state=completed&state=cancelled': ({ delivery, state }) =>
      delivery === 'none' && ['completed', 'cancelled'].includes(state),
    'paymentStatus=none_due': ({ payment }) => payment === 'none_due',
    'deliveryStatus=none&paymentStatus=none_due': ({ delivery, payment }) =>
      delivery === 'none' && payment === 'none_due',
    'paymentStatus=overdue': ({ payment }) => payment === 'overdue',
    'invoiceStatus=none': ({ invoice }) => invoice === 'none',
    'invoiceStatus=invoiced': ({ invoice }) => invoice === 'invoiced',
    'invoiceStatus=none&state=completed&state=to_confirm': ({ invoice, state }) =>
      invoice === 'none' && ['completed', 'to_confirm'].includes(state),
    'invoiceStatus=part_invoiced&partnerId=NEAR': ({ invoice, partner }) =>
      invoice === 'part_invoiced' && partner === near,
    'productId=MANY': ({ product }) => product,
    'productId=MANY&state=in_effect&state=completed': ({ product, state }) =>
      product && ['in_effect', 'completed'].includes(state),
    'partnerId=NEAR': ({ partner }) => partner === near,
    'partnerId=NEAR&state=completed&state=to_confirm': ({ partner, state }) =>
      partner === near && ['completed', 'to_confirm'].includes(state),
    'salesOwnerId=FAR': ({ partner }) => partner === far[0],
    'q=SO-LIST-001': ({ no }) => no.startsWith('SO-LIST-001'),
    'q=SO-LIST-001&state=completed': ({ no, state }) => no.startsWith('SO-LIST-001') && state === 'completed',
  };
  it('of a word that means very many the newest are shown, and the list says that there are more', async () => {
    const sales = await t.as('manager');
    const { body: many } = await sales.get('/api/v1/orders?q=SO-LIST-00&limit=1');
    expect([many.total, many.totalIsExact, many.totalIsEstimate]).toEqual([200, false, false]);
    expect(many.nextCursor).not.toBe(null);
    const { body: ten } = await sales.get('/api/v1/orders?q=SO-LIST-0149');
    expect([ten.total, ten.totalIsExact, ten.items.length]).toEqual([10, true, 10]);
  });

  it.each(Object.keys(FILTERS))(
    'R5.3 every order that fits "%s" comes once, in the order asked for',
    async (filter) => {
      const manager = await t.as('manager');
      const owner = (await t.sql<{ id: string }>('select sales_owner_id as id from partner where id = $1', far))[0]?.id;
      const query = filter
        .replace('MANY', productId)
        .replace('FAR', owner ?? '')
        .replace('NEAR', near);
      const fit = made.filter(FILTERS[filter] ?? (() => false));
      for (const sort of ['-created', 'created', '-gross', 'gross', '-requested', 'requested']) {
        const { ids, total } = await walk(manager, `${query}&sort=${sort}`);
        const expected = fit.toSorted((a, b) => (keyOf(sort)(a) < keyOf(sort)(b) ? -1 : 1)).map(({ id }) => id);
        expect(ids).toEqual(sort.startsWith('-') ? expected.reverse() : expected);
        if (fit.length <= 1000) expect(total).toBe(fit.length);
        else expect(total).toBeGreaterThanOrEqual(1000);
      }
    },
  );

  const ALL_STATES = ['completed', 'cancelled', 'in_effect', 'to_confirm', 'draft'];
  const rowsRead = async (tx: Tx): Promise<number> => {
    const [row] = await tx.query<{ rows: bigint }>(
      sql`select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows from pg_stat_xact_user_tables where relname = 'sales_order'`,
    );
    return Number(row?.rows);
  };
  it.each([
    ['what is not invoiced yet, by amount', { invoiceStatus: 'none', sort: '-gross' }, ALL_STATES],
    [
      'what is completed and not invoiced, by day',
      { invoiceStatus: 'none', state: ['completed'], sort: 'requested' },
      ['completed'],
    ],
    ['what the partner has the invoice of, of which there is none', { invoiceStatus: 'received' }, ALL_STATES],
  ] as const)(
    'R5.3 a page by invoice status reads what it shows, not all that was invoiced long ago: %s',
    async (_name, filter, states: readonly string[]) => {
      const now = t.clock.now();
      const actor = await t.services.authenticator.bySession((await t.signedIn('manager')).token, now);
      if (actor === null) throw new Error('not signed in');
      const reader = { actor, env: await t.services.settings.env(now), now };
      const read = await t.services.database.write(actor.scope, async (tx) => {
        const before = await rowsRead(tx);
        await readOrderList(tx, { limit: 20, ...filter } as never, reader);
        return (await rowsRead(tx)) - before;
      });
      // Found once to be counted and once to be shown, with the page's own rows.
      const fit = made.filter(
        ({ invoice, state }) => invoice === filter.invoiceStatus && states.includes(state),
      ).length;
      expect(read).toBeLessThanOrEqual(2 * fit + 100);
    },
  );

  it('pages of all lengths are found by few statements, which the database keeps prepared', async () => {
    const [now, manager] = [t.clock.now(), await t.signedIn('manager')];
    const actor = await t.services.authenticator.bySession(manager.token, now);
    if (actor === null) throw new Error('nobody signed in');
    const env = await t.services.settings.env(now);
    const texts = new Set<string>();
    for (const limit of [1, 9, 10, 11, 40, 50, 51, 99, 100, 150, 199, 200]) {
      const { items } = await t.services.database.read(actor.scope, (tx) => {
        const query: Tx['query'] = (one) => (texts.add(one.text), tx.query(one));
        return readOrderList({ ...tx, query }, { limit, sort: 'gross' }, { actor, env, now });
      });
      expect(items).toHaveLength(limit);
    }
    const pages = [...texts].filter((text) => text.includes('sort_value'));
    expect(pages).toHaveLength(4);
  });

  it('R5.3 few orders with a product are found among many, and a partner finds its own only', async () => {
    const manager = await t.as('manager');
    expect((await walk(manager, `productId=${rareId}&sort=gross`)).ids).toHaveLength(15);
    const buyer = await t.as({ partnerId: far[0] ?? '', role: 'partner_buyer' });
    const theirs = made.filter(({ partner }) => partner === far[0]).map(({ id }) => id);
    expect((await walk(buyer, 'sort=created')).ids).toEqual(theirs.toSorted());
    expect((await walk(buyer, `productId=${productId}`)).total).toBe(
      made.filter(({ partner, product }) => product && partner === far[0]).length,
    );
  });
});

/** Masters for tests: products with a price, stock in a warehouse, supplies, credit. Rows put in as the owner; everything after them goes through the API. */
import { newId } from '../../src/server/kernel/ids.ts';
import type { TestApp } from './app.ts';

export type ProductOptions = {
  sku?: string;
  name?: string;
  kind?: 'stock' | 'made' | 'service' | 'freight';
  /** Tax-inclusive, scale 6. */
  price?: bigint | null;
  taxRate?: bigint;
  wholeUnits?: boolean;
  minQty?: bigint;
  multipleQty?: bigint;
  substituteId?: string;
  substituteIds?: readonly string[];
  byCapacity?: boolean;
  sellable?: boolean;
};

let made = 0;

export type Goods = {
  warehouse(options?: { priority?: number; name?: string }): Promise<string>;
  product(options?: ProductOptions): Promise<{ id: string; sku: string }>;
  price(
    productId: string,
    unitPrice: bigint,
    options?: { minQty?: bigint; partnerId?: string; from?: string; to?: string },
  ): Promise<void>;
  stock(productId: string, warehouseId: string, pieces: number): Promise<void>;
  supply(productId: string, warehouseId: string, pieces: number, expectedOn: string): Promise<string>;
  credit(partnerId: string, limit: bigint | null): Promise<void>;
  address(partnerId: string): Promise<string>;
};

export async function goods(t: TestApp): Promise<Goods> {
  const base = newId(t.clock.now());
  await t.sql(
    `insert into price_list (id, code, name, kind, currency, tax_inclusive, price_scale, created_at) values ($1, 'BASE-TEST', 'Base', 'base', 'CNY', true, 2, $2)`,
    [base, t.clock.now()],
  );
  const g: Goods = {
    async warehouse(options = {}) {
      made += 1;
      const id = newId(t.clock.now());
      await t.sql('insert into warehouse (id, code, name, priority) values ($1, $2, $3, $4)', [
        id,
        `W${made}`,
        options.name ?? `仓库 ${made}`,
        options.priority ?? 100,
      ]);
      return id;
    },
    async product(options = {}) {
      made += 1;
      const id = newId(t.clock.now());
      const sku = options.sku ?? `SKU-${made}`;
      await t.sql(
        `insert into product (id, sku, name, name_en, kind, unit, whole_units, min_qty, multiple_qty, tax_rate, by_capacity, substitute_ids, is_sellable, created_at, updated_at)
         values ($1, $2, $3, $4, $5, '件', $6, $7, $8, $9, $10, $11, $12, $13, $13)`,
        [
          id,
          sku,
          options.name ?? `产品 ${made}`,
          `Product ${made}`,
          options.kind ?? 'stock',
          options.wholeUnits ?? true,
          (options.minQty ?? 10_000n).toString(),
          (options.multipleQty ?? 10_000n).toString(),
          (options.taxRate ?? 130_000n).toString(),
          options.byCapacity ?? false,
          JSON.stringify(options.substituteIds ?? (options.substituteId === undefined ? [] : [options.substituteId])),
          options.sellable ?? true,
          t.clock.now(),
        ],
      );
      if (options.price !== null) await g.price(id, options.price ?? 113_000_000n);
      return { id, sku };
    },
    async price(productId, unitPrice, options = {}) {
      let list = base;
      if (options.partnerId !== undefined) {
        const found = await t.sql<{ price_list_id: string | null }>('select price_list_id from partner where id = $1', [
          options.partnerId,
        ]);
        list = found[0]?.price_list_id ?? newId(t.clock.now());
        if (found[0]?.price_list_id == null) {
          await t.sql(
            `insert into price_list (id, code, name, kind, currency, tax_inclusive, price_scale, created_at) values ($1, $2, 'Agreement', 'agreement', 'CNY', true, 2, $3)`,
            [list, `AG-${list}`, t.clock.now()],
          );
          await t.sql('update partner set price_list_id = $2 where id = $1', [options.partnerId, list]);
        }
      }
      await t.sql(
        'insert into price_entry (id, price_list_id, product_id, min_qty, valid_from, valid_to, unit_price) values ($1, $2, $3, $4, $5, $6, $7)',
        [
          newId(t.clock.now()),
          list,
          productId,
          (options.minQty ?? 0n).toString(),
          options.from ?? '2000-01-01',
          options.to ?? '2999-12-31',
          unitPrice.toString(),
        ],
      );
    },
    async stock(productId, warehouseId, pieces) {
      await t.sql(
        'insert into stock (product_id, warehouse_id, on_hand_qty) values ($1, $2, $3) on conflict (product_id, warehouse_id) do update set on_hand_qty = stock.on_hand_qty + $3',
        [productId, warehouseId, String(pieces * 10_000)],
      );
      if (pieces > 0)
        await t.sql(
          `insert into stock_move (id, product_id, warehouse_id, kind, qty, source_type, at) values ($1, $2, $3, 'opening', $4, 'test', $5)`,
          [newId(t.clock.now()), productId, warehouseId, String(pieces * 10_000), t.clock.now()],
        );
    },
    async supply(productId, warehouseId, pieces, expectedOn) {
      made += 1;
      const id = newId(t.clock.now());
      await t.sql(
        `insert into supply (id, no, kind, product_id, warehouse_id, expected_on, qty, created_at) values ($1, $2, 'production', $3, $4, $5, $6, $7)`,
        [id, `SP-${made}`, productId, warehouseId, expectedOn, String(pieces * 10_000), t.clock.now()],
      );
      await t.sql(
        `insert into event (id, document_type, document_id, document_no, version, type, at, actor_kind, cause) values ($1, 'supply', $2, $3, 1, 'supply.planned', $4, 'system', '{}')`,
        [newId(t.clock.now()), id, `SP-${made}`, t.clock.now()],
      );
      return id;
    },
    async credit(partnerId, limit) {
      await t.sql('update credit_account set limit_amount = $2 where partner_id = $1', [
        partnerId,
        limit === null ? null : limit.toString(),
      ]);
    },
    async address(partnerId) {
      const id = newId(t.clock.now());
      await t.sql(
        `insert into partner_address (id, partner_id, label, region_code, region_text, detail, receiver, phone, is_default) values ($1, $2, '总仓', '320583', '江苏省 昆山市', '试验路 1 号', '收货人', '13800000000', true)`,
        [id, partnerId],
      );
      return id;
    },
  };
  return g;
}

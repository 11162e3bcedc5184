/** Orders in effect, made the real way: placed, confirmed by sales, accepted by the partner. */
import type { Actor, TestApp } from './app.ts';
import type { Goods } from './goods.ts';

export type WantedLine = {
  /** Pieces, as the API takes them. */
  qty: string;
  /** Tax-inclusive unit price, scale 6. */
  price?: bigint;
  taxRate?: bigint;
  kind?: 'stock' | 'service';
};
export type InEffect = {
  partnerId: string;
  buyer: Actor;
  sales: Actor;
  warehouseId: string;
  /** An order in effect, as the order's page shows it. */
  order(lines?: readonly WantedLine[]): Promise<EffectiveOrder>;
  /** The order as it is now. */
  read(orderId: string): Promise<EffectiveOrder>;
};
// oxlint-disable-next-line typescript/no-explicit-any -- what an answer holds is what the test looks at
export type EffectiveOrder = { id: string; no: string; version: number; grossAmount: string } & Record<string, any>;

export async function inEffect(
  t: TestApp,
  g: Goods,
  options: { paymentTerm?: Record<string, unknown>; partnerId?: string; name?: string } = {},
): Promise<InEffect> {
  const sales = await t.as('sales');
  const { paymentTerm, name } = options;
  const partnerId =
    options.partnerId ??
    (await t.partner({
      ...(paymentTerm === undefined ? {} : { paymentTerm }),
      ...(name === undefined ? {} : { name }),
    }));
  await g.address(partnerId);
  const buyer = await t.as({ partnerId, role: 'partner_buyer' });
  const warehouseId = await g.warehouse();
  const done = <B>({ status, body, text }: { status: number; body: B; text: string }) => {
    if (status >= 300) throw new Error(`${status} ${text}`);
    return body;
  };
  return {
    partnerId,
    buyer,
    sales,
    warehouseId,
    read: async (id) => done(await sales.get(`/api/v1/orders/${id}`)),
    async order(lines = [{ qty: '1' }]) {
      const wanted = [];
      for (const { qty, price, taxRate, kind } of lines) {
        const product = await g.product({
          ...(price === undefined ? {} : { price }),
          ...(taxRate === undefined ? {} : { taxRate }),
          ...(kind === undefined ? {} : { kind }),
        });
        if (kind !== 'service') await g.stock(product.id, warehouseId, 10_000);
        wanted.push({ sku: product.sku, qty, requestedOn: '2026-12-20' });
      }
      const placed = done(await buyer.post('/api/v1/orders', { submit: true, lines: wanted }));
      const sent = done(
        await sales.post(`/api/v1/orders/${placed.id}/send-confirmation`, undefined, { ifMatch: placed.version }),
      );
      const contentHash = sent.rounds.at(-1).contentHash;
      return done(await buyer.post(`/api/v1/orders/${sent.id}/accept`, { contentHash }, { ifMatch: sent.version }));
    },
  };
}

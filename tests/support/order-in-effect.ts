/** An order that has taken effect, made the way people make it: placed by the partner, sent by sales, accepted by the partner. */
import type { Actor, Answer, TestApp } from './app.ts';

export type Line = { sku: string; qty: string; requestedOn?: string };
type Body = Answer['body'];

/** The partner's buyer places the order and accepts its confirmation. Gives the order as it stands in effect. */
export async function orderInEffect(t: TestApp, partnerId: string, lines: readonly Line[]): Promise<Body> {
  const [sales, buyer] = await Promise.all([t.as('sales'), t.as({ partnerId, role: 'partner_buyer' })]);
  const wanted = lines.map((line) => ({ requestedOn: '2026-12-20', ...line }));
  const placed = await buyer.post('/api/v1/orders', { submit: true, lines: wanted });
  const sent = await act(sales, placed.body, 'send-confirmation');
  const accepted = await act(buyer, sent.body, 'accept', { contentHash: sent.body.rounds?.at(-1)?.contentHash });
  if (accepted.body?.state !== 'in_effect') throw new Error(`not in effect: ${accepted.text}`);
  return accepted.body;
}

const act = (actor: Actor, order: { id: string; version: number }, verb: string, body?: object) =>
  actor.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version });

/** An action on an order. Its answer, which the product makes without reading the order again, must be what a reader then finds. */
import { expect } from 'vitest';
import type { Actor } from './app.ts';

export async function act(actor: Actor, order: { id: string; version: number }, verb: string, body?: object) {
  const answer = await actor.post(`/api/v1/orders/${order.id}/${verb}`, body, { ifMatch: order.version });
  if (answer.status === 200) {
    const { status, body: read } = await actor.get(`/api/v1/orders/${order.id}`);
    if (status === 200) expect(answer.body).toEqual(read);
  }
  return answer;
}

import { describe, expect, it } from 'vitest';
import { Refused, refuse, refuseIf } from './refusal.ts';

describe('refusals', () => {
  it('one carries code, values and field, and nothing that was not given', () => {
    expect(refuse('order.stale').refusals).toEqual([{ code: 'order.stale' }]);
    const refused = refuse('qty.range', { max: '10' }, 'lines.0.qty');
    expect(refused).toBeInstanceOf(Refused);
    expect(refused.refusals).toEqual([{ code: 'qty.range', field: 'lines.0.qty', params: { max: '10' } }]);
  });

  it('all reasons are told at once, and none means go', () => {
    expect(() => refuseIf([])).not.toThrow();
    expect(() => refuseIf([{ code: 'a.one' }, { code: 'b.two' }])).toThrow('a.one, b.two');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from './clock.ts';
import { canonicalHash, canonicalJson, isId, newId } from './ids.ts';

describe('ids', () => {
  it('carry the handed-in time, so that they sort by it', () => {
    const early = newId(instant('2026-01-01T00:00:00.000Z'));
    const late = newId(instant('2026-01-01T00:00:00.001Z'));
    expect(early < late).toBe(true);
    expect(Number.parseInt(early.replaceAll('-', '').slice(0, 12), 16)).toBe(instant('2026-01-01T00:00:00Z').getTime());
    expect(early[14]).toBe('7');
    expect('89ab').toContain(early[19]);
  });

  it('ten thousand of one millisecond are all different', () => {
    const now = instant('2026-01-01T00:00:00Z');
    const made = Array.from({ length: 10_000 }, () => newId(now));
    expect(new Set(made).size).toBe(made.length);
    expect(made.every(isId)).toBe(true);
  });

  it.each([
    '',
    '..',
    '1',
    '01890A5D-AC96-774B-BCCE-B302099A8057',
    '01890a5dac96774bbcceb302099a8057',
    "' or 1=1",
    '01890a5d-ac96-774b-bcce-b302099a8057 ',
  ])('P17 %j is not an id', (text) => {
    expect(isId(text)).toBe(false);
  });
});

describe('the fingerprint of a value', () => {
  it('does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalHash(turned)).toBe(canonicalHash(value));
      }),
    );
  });

  it('reads back as the same JSON, so that different values differ', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('writes big numbers as decimal text, instants as ISO text and leaves out what is undefined', () => {
    const at = instant('2026-01-01T00:00:00Z');
    expect(canonicalJson({ b: 12n, a: [undefined, at], c: undefined })).toBe(
      '{"a":[null,"2026-01-01T00:00:00.000Z"],"b":"12"}',
    );
    expect(canonicalHash('渠成')).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not pretend to know what JSON cannot carry', () => {
    for (const value of [
      Number.NaN,
      () => 1,
      Symbol('x'),
      new Map(),
      new Set(),
      { deep: [Number.POSITIVE_INFINITY] },
    ]) {
      expect(() => canonicalHash(value)).toThrow(TypeError);
    }
  });
});

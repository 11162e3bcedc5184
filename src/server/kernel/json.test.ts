import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from './json.ts';

const read = (text: string, maxDepth = 16) => parseStrictJson(text, { maxDepth });
const refused = (code: string, path: string) => ({ ok: false, code, path });

describe('strict JSON', () => {
  it('P17 what is written with JSON.stringify is read back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const holdsForbidden = /"(__proto__|constructor\.prototype|prototype)"/.test(text);
        fc.pre(!holdsForbidden);
        expect(read(text, 32)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 3000 },
    );
  });

  it('P17 an accepted text means the same to JSON.parse, and a refused one is malformed or refused by name', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '"\\u0061"',
      '1',
      '-0.5',
      'true',
      'null',
      ' ',
      '"',
      '\\',
      'e5',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join('');
        const result = read(text);
        if (result.ok) expect(JSON.stringify(result.value)).toBe(JSON.stringify(JSON.parse(text)));
        else if (result.code === 'malformed-json') expect(() => JSON.parse(text)).toThrow(SyntaxError);
        else expect(['duplicate-key', 'not-exact']).toContain(result.code);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '',
    ' ',
    '{',
    '}',
    '[1,]',
    '{"a":1,}',
    '\ufeff{}',
    "{'a':1}",
    '{a:1}',
    '01',
    '1 2',
    '[1}',
    '{"a"}',
    '"a',
    '"\\x"',
    '{"\\x":1}',
    'NaN',
    'nul',
    '[',
    '"\n"',
    '// x\n1',
  ])('P17 %j is malformed', (text) => {
    expect(read(text)).toEqual(refused('malformed-json', ''));
  });

  it('P17 a key that comes twice is refused, also when it is written with escapes, and its place is named', () => {
    expect(read('{"qty":1,"qty":-5}')).toEqual(refused('duplicate-key', 'qty'));
    expect(read('{"qty":1,"\\u0071ty":-5}')).toEqual(refused('duplicate-key', 'qty'));
    expect(read('{"lines":[{"a":1},{"a":1,"b":{"c":[]},"a":2}]}')).toEqual(refused('duplicate-key', 'lines.1.a'));
    expect(read('{"a":{"b":1},"c":{"b":1},"d":["b","b"],"e":"b"}').ok).toBe(true);
    const many = Array.from({ length: 50 }, (_, n) => `"k${n}":${n}`);
    expect(read(`{${many.join(',')}}`).ok).toBe(true);
    expect(read(`{${many.join(',')},"k3":0}`)).toEqual(refused('duplicate-key', 'k3'));
    expect(read(`{${many.join(',')},"k49":0}`)).toEqual(refused('duplicate-key', 'k49'));
  });

  it('P17 keys that reach for the prototype are refused and Object.prototype stays clean', () => {
    expect(read('{"a":{"__proto__":{"admin":true}}}')).toEqual(refused('forbidden-key', 'a.__proto__'));
    expect(read('{"\\u005f_proto__":1}')).toEqual(refused('forbidden-key', '__proto__'));
    expect(read('{"constructor":{"x":1,"prototype":{"admin":true}}}')).toEqual(
      refused('forbidden-key', 'constructor.prototype'),
    );
    expect(read('{"constructor.prototype":1}').ok).toBe(false);
    expect(read('{"constructor":"Liebherr","prototype":"B"}').ok).toBe(true);
    expect(read('["__proto__"]').ok).toBe(true);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it('P17 depth is limited without recursion', () => {
    expect(read('[[[]]]', 3).ok).toBe(true);
    expect(read('{"a":[[]]}', 2)).toEqual(refused('too-deep', 'a.0'));
    expect(read('[{}, {}, [], [{}]]', 3).ok).toBe(true);
    expect(read('['.repeat(100_000), 32)).toMatchObject({ ok: false, code: 'too-deep' });
    expect(read('{"a":'.repeat(1_000_000), 2_000_000)).toMatchObject({ ok: false, code: 'malformed-json' });
  });

  it.each([
    '9007199254740993',
    '1e400',
    '-1e400',
    '0.12345678901234567890',
    '123456789012345678',
    '1e-400',
    '1.00000000000000001',
  ])('P17 the number %s, which a double changes, is refused with its place', (number) => {
    expect(read(`{"lines":[{},{"qty":${number}}]}`)).toEqual(refused('not-exact', 'lines.1.qty'));
    expect(read(`[0, 1, ${number}]`)).toEqual(refused('not-exact', '2'));
    expect(read(number)).toEqual(refused('not-exact', ''));
    expect(read(`["${number}"]`).ok).toBe(true);
  });

  it.each([
    '0',
    '-0',
    '0.1',
    '-12.50',
    '9007199254740992',
    '1e3',
    '1E+3',
    '1.5e-7',
    '0e999999999999',
    '1e22',
    '100000000000000000000',
    '0.00000000000000000000000000001',
    '1.7976931348623157e308',
  ])('P17 the number %s, which reads and writes back, is accepted', (number) => {
    expect(read(`[${number}]`)).toEqual({ ok: true, value: [JSON.parse(number)] });
  });

  it('P17 every double that JavaScript writes is accepted', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        expect(read(JSON.stringify(number)).ok).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it('P17 a whole number is accepted exactly when a double holds it as written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), (number) => {
        const shown = BigInt(String(Number(number)).includes('e') ? 0n : String(Number(number)));
        expect(read(`[${number}]`).ok).toBe(shown === number);
      }),
      { numRuns: 5000 },
    );
  });

  it('P16 hostile bodies of a megabyte are read in time linear to their size', () => {
    const keys = `{${Array.from({ length: 60_000 }, (_, n) => `"key${n}":${n}`).join(',')}}`;
    const bodies = [
      keys,
      '1'.repeat(1_000_000),
      '"'.repeat(1_000_001),
      `"${'\\"'.repeat(500_000)}"`,
      '0'.repeat(1_000_000),
      `[${'[],'.repeat(300_000)}[]]`,
      `0.${'0'.repeat(999_999)}1`,
    ];
    for (const body of bodies) {
      const start = performance.now();
      read(body);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it('a long path is cut', () => {
    const result = read(`{"${'k'.repeat(5000)}":1e400}`);
    expect(result.ok === false && result.path.length).toBe(200);
  });
});

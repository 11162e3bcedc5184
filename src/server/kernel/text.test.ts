import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeProblem, foldText, pinyinOf, textProblem } from './text.ts';

describe('texts', () => {
  it.each([
    ['渠成科技', null],
    ['𠮷野家 👨‍👩‍👧', null],
    ['', 'blank'],
    ['   ', 'blank'],
    ['\u3000\u3000', 'blank'],
    ['\u200b\ufeff', 'blank'],
    ['a\u0000b', 'encoding'],
    ['a\ud800b', 'encoding'],
    ['\udc00', 'encoding'],
    ['a\nb', 'control'],
    ['a\r\nSubject: b', 'control'],
    ['a\tb', 'control'],
    ['a\u0085b', 'control'],
    ['a\u2028b', 'control'],
    ['a\u001b[31m', 'control'],
    ['x'.repeat(21), 'too_long'],
  ] as const)('P17 one line of text: %j is %s', (text, problem) => {
    expect(textProblem(text, { max: 20 })).toBe(problem);
  });

  it('P17 several lines may have line ends and tabs, and no other control character', () => {
    expect(textProblem('一\n二\r\n\t三', { max: 20, multiline: true })).toBeNull();
    expect(textProblem('a\u0007b', { max: 20, multiline: true })).toBe('control');
    expect(textProblem('\n\t ', { max: 20, multiline: true })).toBe('blank');
  });

  it('P17 length is counted in code points', () => {
    expect(textProblem('𠮷'.repeat(20), { max: 20 })).toBeNull();
    expect(textProblem('𠮷'.repeat(21), { max: 20 })).toBe('too_long');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 12 }), (s, max) => {
        expect(textProblem(s, { max, multiline: true }) === 'too_long').toBe([...s].length > max);
      }),
    );
  });

  it('P17 a name of a million characters is refused at once', () => {
    const long = '名'.repeat(1_000_000);
    const start = performance.now();
    for (let round = 0; round < 1000; round += 1) expect(textProblem(long, { max: 200 })).toBe('too_long');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('codes', () => {
  it.each(['SKU-1000', 'PO 2026/0001', '渠成-01', 'a_b.c#1', 'АВС'])('P17 %j is a code', (code) => {
    expect(codeProblem(code)).toBeNull();
  });

  it.each([
    '',
    ' ',
    ' A',
    'A ',
    'ＳＫＵ',
    'A\u3000B',
    'A\u00a0B',
    'ﬁ',
    'A\u202eB',
    'A\u200bB',
    'A\u2066B',
    'A\u00adB',
    'A\ufeffB',
    'A\u3164B',
    'A\nB',
    'A\u0000',
    'A\ud800',
    'SKU-\u0410', // Cyrillic А behind Latin letters
    'PΑ',
    'e\u0301',
  ])('P17 %j is not a code', (code) => {
    expect(codeProblem(code)).toBe('characters');
  });
});

describe('the form in which names are unique', () => {
  it('P17 width, case, composition and ligatures make no difference', () => {
    for (const [a, b] of [
      ['ＡＢＣ', 'abc'],
      ['Straße', 'STRASSE'],
      ['e\u0301', 'É'],
      ['ﬁrma', 'FIRMA'],
      ['ΣΊΣΥΦΟΣ', 'σίσυφος'],
      ['㈱渠成', '(株)渠成'],
    ] as const) {
      expect(foldText(a)).toBe(foldText(b));
    }
    expect(foldText('渠成')).not.toBe(foldText('曲成'));
  });

  it('folding twice is folding once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        expect(foldText(foldText(s))).toBe(foldText(s));
      }),
    );
  });
});

describe('pinyin', () => {
  it.each([
    ['渠成科技', 'quchengkeji', 'qckj'],
    ['重庆银行', 'chongqingyinhang', 'cqyh'],
    ['綠色國際', 'lvseguoji', 'lsgj'],
    ['ABC 贸易（上海）', 'abcmaoyishanghai', 'abcmysh'],
    ['Ｑ１', 'q1', 'q1'],
    ['女装', 'nvzhuang', 'nz'],
    ['', '', ''],
  ])('%s is found by %s and %s', (name, full, initials) => {
    expect(pinyinOf(name)).toEqual({ full, initials });
  });
});

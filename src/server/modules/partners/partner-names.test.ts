import { describe, expect, it } from 'vitest';
import { nameStem } from './partner-names.ts';

describe('the stem of a company name', () => {
  it.each([
    ['上海骐骥骑行科技有限公司', '骐骥骑行科技'],
    ['骐骥骑行科技（深圳）股份有限公司', '骐骥骑行科技'],
    ['广东省骐骥集团', '骐骥'],
    ['內蒙古 ＡＢＣ 有限責任公司', '內蒙古abc'],
    ['Acme Cycle Co., Ltd.', 'acmecycle'],
    ['Costa Corporation', 'costa'],
    ['上海有限公司', '上海有限公司'],
  ])('R3.1 %s is compared as %s', (name, stem) => {
    expect(nameStem(name)).toBe(stem);
  });
});

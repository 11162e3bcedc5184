import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taxOf } from '../../kernel/money.ts';
import {
  type Amounts,
  buyerOf,
  buyerProblems,
  type DueLine,
  openQty,
  partAmounts,
  taxNoFits,
} from './invoice-rules.ts';

const QTY = 10_000n;
const lineOf = (qty: bigint, gross: bigint, rate: bigint): DueLine => {
  const { net, tax } = taxOf(gross, rate, 'inclusive');
  return { qty, closedQty: 0n, invoicedQty: 0n, gross, net, tax, invoiced: { gross: 0n, net: 0n, tax: 0n } };
};
const add = (line: DueLine, qty: bigint, part: Amounts, sign: 1n | -1n): DueLine => ({
  ...line,
  invoicedQty: line.invoicedQty + sign * qty,
  invoiced: {
    gross: line.invoiced.gross + sign * part.gross,
    net: line.invoiced.net + sign * part.net,
    tax: line.invoiced.tax + sign * part.tax,
  },
});

describe('R6.3 invoicing a line in parts', () => {
  test('R6.3 P5 whatever the parts, and whatever of them is taken back, all invoices together are the line to the cent', () => {
    fc.assert(
      fc.property(
        fc.bigInt(1n, 500n),
        fc.bigInt(0n, 10n ** 9n),
        fc.constantFrom(0n, 30_000n, 60_000n, 90_000n, 130_000n),
        fc.array(fc.tuple(fc.bigInt(1n, 60n), fc.integer({ min: 0, max: 4 })), { maxLength: 40 }),
        (pieces, gross, rate, steps) => {
          let line = lineOf(pieces * QTY, gross, rate);
          const live: { qty: bigint; part: Amounts }[] = [];
          const invoice = (qty: bigint) => {
            const part = partAmounts(line, qty);
            if (part === null) return expect(qty).toBeGreaterThan(openQty(line));
            expect(part.net + part.tax).toBe(part.gross);
            expect([part.gross >= 0n, part.net >= 0n, part.tax >= 0n]).toEqual([true, true, true]);
            line = add(line, qty, part, 1n);
            live.push({ qty, part });
            return undefined;
          };
          for (const [count, what] of steps) {
            const back = what === 0 ? live.shift() : undefined;
            if (back !== undefined) line = add(line, back.qty, back.part, -1n);
            else invoice(count * QTY);
          }
          if (openQty(line) > 0n) invoice(openQty(line));
          expect(line.invoiced).toEqual({ gross: line.gross, net: line.net, tax: line.tax });
        },
      ),
      { numRuns: 10_000, seed: 63 },
    );
  });

  test('M6 R6.3 three parts of a line of 100.00 at 13 %: the last takes the remaining cent', () => {
    let line = lineOf(3n * QTY, 10_000n, 130_000n);
    const parts = [QTY, QTY, QTY].map((qty) => {
      const part = partAmounts(line, qty);
      if (part === null) throw new Error('refused');
      line = add(line, qty, part, 1n);
      return part;
    });
    expect(parts).toEqual([
      { gross: 3333n, net: 2950n, tax: 383n },
      { gross: 3334n, net: 2950n, tax: 384n },
      { gross: 3333n, net: 2950n, tax: 383n },
    ]);
    expect(line.invoiced).toEqual({ gross: 10_000n, net: 8850n, tax: 1150n });
  });

  test('R6.3 never more than is due, and what was closed is not due', () => {
    const line = { ...lineOf(10n * QTY, 1000n, 0n), closedQty: 4n * QTY };
    expect(partAmounts(line, 6n * QTY)).toEqual({ gross: 1000n, net: 1000n, tax: 0n });
    expect(partAmounts(line, 6n * QTY + 1n)).toBeNull();
  });
});

describe('R6.3 data of the buyer', () => {
  const file = {
    name: '昆山某某商贸有限公司',
    invoice_title: null,
    tax_no: null,
    invoice_address: null,
    invoice_phone: null,
    bank_name: null,
    bank_account: null,
  };

  test('R6.3 each kind says what it needs', () => {
    const buyer = buyerOf(file);
    expect(buyer.title).toBe(file.name);
    expect(buyerProblems(buyer, 'ordinary')).toEqual([]);
    expect(buyerProblems(buyer, 'digital_special')).toEqual(['taxNo']);
    expect(buyerProblems(buyer, 'special')).toEqual(['taxNo', 'address', 'phone', 'bankName', 'bankAccount']);
  });

  test('R6.3 what the tax authority would not take is found before it is sent', () => {
    const good = { ...buyerOf(file), taxNo: '91310000MA1FL0AB1X' };
    expect(buyerProblems(good, 'digital_special')).toEqual([]);
    expect(buyerProblems({ ...good, taxNo: '91310000ma1fl0ab1x' }, 'digital_special')).toEqual(['taxNo']);
    expect(buyerProblems({ ...good, taxNo: '123' }, 'ordinary')).toEqual(['taxNo']);
    expect(buyerProblems({ ...good, title: 'A<B>' }, 'ordinary')).toEqual(['title']);
    expect(buyerProblems({ ...good, address: '路'.repeat(46), phone: '021-66666666' }, 'ordinary')).toEqual([
      'address',
    ]);
    expect(buyerProblems({ ...good, address: '路'.repeat(44), phone: '021-66666666' }, 'ordinary')).toEqual([]);
  });

  test('R6.3 the number of the tax authority is text of 20 digits', () => {
    expect(taxNoFits('26312000000000000001', 'digital_special')).toBe(true);
    expect(taxNoFits('2631200000000000001', 'digital_ordinary')).toBe(false);
    expect(taxNoFits('12345678', 'special')).toBe(true);
    expect(taxNoFits('1234567X', 'special')).toBe(false);
  });
});

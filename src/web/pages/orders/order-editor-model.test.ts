import { describe, expect, it } from 'vitest';
import { emptyLine } from '../../ui/line-editor-model.ts';
import { percentOfRate, rateOfPercent } from './editor/percent.ts';
import { createBody, emptyOrder, isQuotable, lineInput, problemsByRow, updateBody } from './order-editor-model.ts';
import { parseTerm } from './term-text.ts';

const line = (given: Partial<ReturnType<typeof emptyLine>>) => ({ ...emptyLine(), ...given });
const lamp = { id: 'p-1', sku: 'LAMP', name: 'Lamp', unit: 'pc' };

describe('what the order editor sends', () => {
  it('R3.3 leaves out what is empty, and names the product by what is known of it', () => {
    expect(lineInput(line({ text: ' LAMP ', qty: '1,200' }), undefined)).toEqual({ sku: 'LAMP', qty: '1200' });
    expect(lineInput(line({ product: lamp, text: 'LAMP', qty: '2', note: ' soon ' }), undefined)).toEqual({
      productId: 'p-1',
      qty: '2',
      note: 'soon',
    });
  });

  it('R4.1 names a special price, a discount or free goods only where sales asked for them', () => {
    const ordered = line({ product: lamp, qty: '2' });
    expect(lineInput(ordered, { unitPrice: '8.50', discountAmount: '3' })).toEqual({
      productId: 'p-1',
      qty: '2',
      unitPrice: '8.5',
      discountAmount: '3',
    });
    expect(lineInput(ordered, { unitPrice: '8.5', free: true })).toEqual({ productId: 'p-1', qty: '2', free: true });
  });

  it('R3.3 sends either an address of the partner or another place, never both', () => {
    const typed = { ...emptyOrder(), addressId: 'a-1', deliveryAddress: 'Elsewhere 1' };
    expect(updateBody(typed)).toMatchObject({ addressId: 'a-1' });
    expect(updateBody(typed)).not.toHaveProperty('deliveryAddress');
    expect(updateBody({ ...typed, addressId: null })).toMatchObject({ deliveryAddress: 'Elsewhere 1' });
    expect(updateBody({ ...typed, addressId: null })).not.toHaveProperty('addressId');
  });

  it('R3.3 leaves the agreed payment term and a discount of nothing out', () => {
    const typed = { ...emptyOrder(), partner: { value: 'x', label: 'X' }, orderDiscount: '0.00' };
    expect(createBody(typed)).toEqual({ partnerId: 'x', channel: 'sales', ownStock: true, lines: [] });
  });

  it('R4.1 sends a discount on the whole order as it is said, an amount or a percentage; what cannot be read goes as typed', () => {
    const said = (orderDiscount: string, discountIn: 'amount' | 'percent') =>
      updateBody({ ...emptyOrder(), orderDiscount, discountIn });
    expect(said('1,200.50', 'amount')).toMatchObject({ orderDiscountAmount: '1200.5' });
    expect(said('2.5', 'percent')).toMatchObject({ orderDiscountAmount: null, orderDiscountRate: '0.025' });
    expect(said('5 of 100', 'percent')).toMatchObject({ orderDiscountRate: '5 of 100' });
    expect(said('', 'percent')).toMatchObject({ orderDiscountAmount: null });
  });

  it('R4.1 names a payment method or term only where it is another than agreed; in an order that exists, what is emptied is cleared', () => {
    const typed = { ...emptyOrder(), partner: { value: 'x', label: 'X' }, method: 'cash' as const, poNo: 'A1' };
    expect(createBody(typed)).toMatchObject({ paymentMethod: 'cash', poNo: 'A1' });
    expect(updateBody({ ...typed, method: null, poNo: '' })).toMatchObject({
      paymentMethod: null,
      paymentTerm: null,
      poNo: null,
      orderDiscountAmount: null,
    });
  });

  it('R4.1 asks for a price as soon as a line names a product and a quantity', () => {
    expect(isQuotable(line({ text: 'LAMP' }))).toBe(false);
    expect(isQuotable(line({ text: 'LAMP', qty: '0.0' }))).toBe(false);
    expect(isQuotable(line({ text: 'x'.repeat(65), qty: '1' }))).toBe(false);
    expect(isQuotable(line({ text: 'LAMP', qty: '１２' }))).toBe(true);
  });

  it('puts a refusal to the row of the editor, past blank rows', () => {
    const lines = [line({ text: 'A', qty: '1' }), line({}), line({ text: 'B', qty: '1' })];
    const found = problemsByRow(lines, [
      { field: 'lines.1.qty', title: 'too few' },
      { field: 'changes.lines.0.sku', title: 'unknown' },
      { field: 'poNo', title: 'taken' },
    ]);
    expect([...found]).toEqual([
      [2, ['too few']],
      [0, ['unknown']],
    ]);
  });
});

describe('terms in words', () => {
  it.each([
    ['30', '0.3'],
    ['5', '0.05'],
    ['100', '1'],
    ['0', '0'],
    ['12.5', '0.125'],
    ['33.3333', '0.333333'],
  ])('reads %s %% as the rate %s, and back', (percent, rate) => {
    expect(rateOfPercent(percent)).toBe(rate);
    expect(percentOfRate(rate)).toBe(percent);
  });

  it('R4.1 reads a payment term as deviations hold it', () => {
    expect(parseTerm('deposit_balance days=30 depositRate=0.3')).toEqual({
      kind: 'deposit_balance',
      days: 30,
      depositRate: '0.3',
    });
    expect(parseTerm('prepaid')).toEqual({ kind: 'prepaid' });
    expect(parseTerm('something else')).toBeNull();
  });
});

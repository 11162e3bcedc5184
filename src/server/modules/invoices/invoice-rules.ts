/** The rules of invoices: pure functions. Source: R6.3; limits of buyer data as the tax authority's forms have them. */
import type { InvoiceView } from '../../../contract/invoices.ts';
import type { GuardOf, Guards } from '../../../contract/machine.ts';
import { invoiceMachine, type InvoiceState } from '../../../contract/machines/others.ts';
import type { z } from 'zod';
import { divRoundHalfUp } from '../../kernel/decimal.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Buyer } from './invoice-tables.ts';

export type InvoiceKind = z.infer<typeof InvoiceView>['kind'];
export type Amounts = { gross: bigint; net: bigint; tax: bigint };
/** An order line with what is invoiced of it. Quantities scale 4, amounts minor units. */
export type DueLine = {
  qty: bigint;
  closedQty: bigint;
  invoicedQty: bigint;
  gross: bigint;
  net: bigint;
  tax: bigint;
  invoiced: Amounts;
};

/** What of a line is not invoiced yet; what was closed is never invoiced. */
export const openQty = (line: DueLine): bigint => line.qty - line.closedQty - line.invoicedQty;
export const openAmounts = ({ gross, net, tax, invoiced }: DueLine): Amounts => ({
  gross: gross - invoiced.gross,
  net: net - invoiced.net,
  tax: tax - invoiced.tax,
});

/**
 * The amounts of a part of a line; null when it is more than is due. Parts follow the quantity invoiced so far, rounded half up, so that
 * no part is more than a cent off; the last part takes what is left, so that all invoices together are the order line to the cent.
 * Net and tax of a part stand in the proportion of the line, and net + tax = gross.
 */
export function partAmounts(line: DueLine, qty: bigint): Amounts | null {
  const open = openQty(line);
  if (qty > open) return null;
  const left = openAmounts(line);
  if (qty === open) return left;
  const upTo = divRoundHalfUp(line.gross * (line.invoicedQty + qty), line.qty - line.closedQty);
  const gross = between(0n, upTo - line.invoiced.gross, left.gross);
  const netUpTo = line.gross === 0n ? 0n : divRoundHalfUp(line.net * (line.invoiced.gross + gross), line.gross);
  const least = gross > left.tax ? gross - left.tax : 0n;
  const net = between(least, netUpTo - line.invoiced.net, gross < left.net ? gross : left.net);
  return { gross, net, tax: gross - net };
}

const between = (least: bigint, value: bigint, most: bigint): bigint => {
  const atMost = value > most ? most : value;
  return atMost < least ? least : atMost;
};

export type BuyerFile = {
  name: string;
  invoice_title: string | null;
  tax_no: string | null;
  invoice_address: string | null;
  invoice_phone: string | null;
  bank_name: string | null;
  bank_account: string | null;
};

/** The buyer as the file says now. Without a title of its own the partner's name stands on the invoice. */
export const buyerOf = (file: BuyerFile): Buyer => ({
  title: file.invoice_title ?? file.name,
  taxNo: file.tax_no,
  address: file.invoice_address,
  phone: file.invoice_phone,
  bankName: file.bank_name,
  bankAccount: file.bank_account,
});

const REQUIRED: Record<InvoiceKind, readonly (keyof Buyer)[]> = {
  ordinary: ['title'],
  digital_ordinary: ['title'],
  special: ['title', 'taxNo', 'address', 'phone', 'bankName', 'bankAccount'],
  digital_special: ['title', 'taxNo'],
};
/** Lengths in the tax authority's forms count a Chinese character as two. */
const formLength = (text: string): number =>
  [...text].reduce((sum, each) => sum + ((each.codePointAt(0) ?? 0) < 128 ? 1 : 2), 0);
const MOST = 100;

/** Fields of the buyer that this kind of invoice needs and that are missing or malformed. */
export function buyerProblems(buyer: Buyer, kind: InvoiceKind): (keyof Buyer)[] {
  const bad = new Set<keyof Buyer>(REQUIRED[kind].filter((field) => (buyer[field] ?? '').trim() === ''));
  if (/[<>]/.test(buyer.title) || formLength(buyer.title) > MOST) bad.add('title');
  if (buyer.taxNo !== null && !/^[0-9A-Z]{15,20}$/.test(buyer.taxNo)) bad.add('taxNo');
  if (formLength(`${buyer.address ?? ''}${buyer.phone ?? ''}`) > MOST) bad.add('address');
  return [...bad];
}

/** The tax authority's number: 20 digits on digital invoices, at least 8 on others. Text, because numbers lose digits. */
export const taxNoFits = (taxNo: string, kind: string): boolean =>
  kind.startsWith('digital_') ? /^\d{20}$/.test(taxNo) : /^\d{8,20}$/.test(taxNo);

export type InvoiceFacts = { state: InvoiceState; reverses_id: string | null };
type Action = (typeof invoiceMachine)['rows'][number]['action'];
const GUARDS: Guards<GuardOf<typeof invoiceMachine>, InvoiceFacts> = {
  'invoice.is_red': ({ reverses_id }) => (reverses_id === null ? null : { code: 'invoice.is_red' }),
};

/** All reasons why an action on an invoice is refused now; empty: go. Commands and buttons both ask here. */
export const invoiceRefusals = (action: Action, facts: InvoiceFacts): Refusal[] =>
  invoiceMachine.refusals(action, facts.state, GUARDS, facts);

/** 核對: lines as they are understood, before anything is sent: product, what is missing, what is odd beside the partner's past orders. R3.2. */
import type { z } from 'zod';
import type { InquiryPreview, PREVIEW_ODDITIES, InquiryLineInput } from '../../../contract/inquiries.ts';
import { addDays, type BizDate } from '../../kernel/biz-date.ts';
import { formatQty, isMultipleOf, isWhole, parseQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { readRows } from '../../platform/import/index.ts';
import { type Measured, toBase, unitNamed, unitsColumn } from '../catalog/index.ts';
import type { Actor, Env } from '../../platform/pipeline/types.ts';
import { dateContext, lacksSpec, type Match, matchProducts, sureMatch } from './match-products.ts';
import { readTable } from './reading/read-table.ts';
import { readText } from './reading/read-text.ts';
import { MOST_LINES, type ReadInquiry } from './reading/wanted-line.ts';

type View = z.infer<typeof InquiryPreview>;
type Oddity = { code: (typeof PREVIEW_ODDITIES)[number]; params?: Record<string, string> };
export type PreviewLine = z.infer<typeof InquiryLineInput> & { code?: string | null; unread?: readonly string[] };
export type Asked = { actor: Actor; env: Env; now: Date; partnerId?: string | undefined };

const YEAR_DAYS = 365;
/** So many times more than ever, or less, is worth a question. */
const UNUSUAL = 3n;
const MOST_ROWS = 5000;

/** Rows of a workbook or CSV file as a read inquiry. Refuses what is no table of goods. */
export async function readFile(bytes: Buffer, env: Env, now: Date): Promise<ReadInquiry> {
  const rows: string[][] = [];
  for await (const { cells } of readRows(bytes)) {
    if (rows.length >= MOST_ROWS) throw refuse('import.rows', { max: String(MOST_ROWS) });
    rows.push(cells.map((cell) => (cell === null || cell.kind === 'error' ? '' : cell.text)));
  }
  const read = readTable(rows, dateContext(env, now));
  if (read === null || read.lines.length === 0) throw refuse('inquiry.nothing_read');
  return read;
}

/** Words as a read inquiry; refuses words in which there are no goods. */
export function readWords(text: string, env: Env, now: Date): ReadInquiry {
  const read = readText(text, dateContext(env, now));
  if (read.lines.length === 0) throw refuse('inquiry.nothing_read', undefined, 'text');
  return read;
}

export const linesOf = (read: ReadInquiry): PreviewLine[] =>
  read.lines.map(({ wanted, code, spec, qty, unit, requestedOn, note, unread }) => ({
    // The code stands in the words too: they are what is kept.
    wanted: code === null || wanted.includes(code) ? wanted : `${code} ${wanted}`.slice(0, 300),
    code,
    ...(spec === null ? {} : { spec }),
    ...(qty === null ? {} : { qty }),
    ...(unit === null ? {} : { unit }),
    ...(requestedOn === null ? {} : { requestedOn }),
    ...(note === null ? {} : { note }),
    unread,
  }));

/** Lines as an inquiry takes them: what could not be read stands in the note. */
export const lineInputs = (read: ReadInquiry): z.infer<typeof InquiryLineInput>[] =>
  linesOf(read).map(({ code: _code, unread = [], ...line }) => {
    const note = [line.note ?? '', ...unread]
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, 500);
    return note === '' ? line : { ...line, note };
  });

type Product = Match &
  Measured & { unit_en: string | null; whole_units: boolean; min_qty: bigint; multiple_qty: bigint };
type Past = { product_id: string; times: number; least: bigint; most: bigint };

/** Lines with what they mean. Lines that name a product keep it; the others get the one that they can only mean, if there is one. */
export async function previewLines(
  tx: Tx,
  asked: Asked,
  lines: readonly PreviewLine[],
  head: Pick<ReadInquiry, 'requestedOn' | 'poNo' | 'customerName' | 'truncated'>,
): Promise<View> {
  const { env, now } = asked;
  const partnerId = await partnerOf(tx, asked);
  const numbered = lines.slice(0, MOST_LINES).map((line, i) => ({ ...line, lineNo: i + 1 }));
  const matches = await matchProducts(tx, partnerId, numbered);
  const chosen = new Map(
    numbered.map((line) => [line.lineNo, line.productId ?? sureMatch(matches.get(line.lineNo) ?? [])?.id]),
  );
  const { today } = dateContext(env, now);
  const ids = [...new Set([...chosen.values()].flatMap((id) => id ?? []))];
  const [products, past, bought] = await Promise.all([
    tx.query<Product>(
      sql`select id, sku, name, name_hans, name_en, unit, unit_en, whole_units, min_qty, multiple_qty, ${unitsColumn('p')} from product p where id = any(${ids}::uuid[]) and is_sellable and partner_may_buy(${partnerId}::uuid, id, category)`,
    ),
    tx.query<Past>(sql`
      select l.product_id, count(*)::int as times, min(l.qty) as least, max(l.qty) as most from order_line l join sales_order o on o.id = l.order_id
      where l.partner_id = ${partnerId} and l.product_id = any(${ids}::uuid[]) and o.state in ('in_effect', 'completed') and o.created_at > ${addDays(today, -YEAR_DAYS)}::date
      group by l.product_id`),
    tx.query<{ any: boolean }>(
      sql`select exists (select 1 from sales_order where partner_id = ${partnerId} and state in ('in_effect', 'completed')) as any`,
    ),
  ]);
  const seen = new Set<string>();
  return {
    requestedOn: head.requestedOn,
    poNo: head.poNo,
    customerName: head.customerName,
    truncated: head.truncated,
    fileId: null,
    lines: numbered.map((line) => {
      const candidates = matches.get(line.lineNo) ?? [];
      const product = products.find(({ id }) => id === chosen.get(line.lineNo));
      const on = line.requestedOn ?? head.requestedOn;
      const qty = line.qty === undefined ? null : parseQty(line.qty);
      const repeated = product !== undefined && seen.has(product.id);
      if (product !== undefined) seen.add(product.id);
      return {
        lineNo: line.lineNo,
        wanted: line.wanted,
        product:
          product === undefined
            ? null
            : { ...productView(product), units: [product.unit, ...(product.units ?? []).map(([unit]) => unit)] },
        confidence: confidenceOf(line.productId, product?.id, candidates),
        alternatives: candidates.filter(({ id }) => id !== product?.id).map(productView),
        spec: line.spec ?? null,
        qty: line.qty ?? null,
        unit: line.unit ?? null,
        requestedOn: on ?? null,
        note: line.note ?? null,
        gaps: [
          ...(product === undefined ? [lacksSpec(candidates) ? ('spec' as const) : ('product' as const)] : []),
          ...(qty === null ? ['qty' as const] : []),
          ...(on === null || on === undefined ? ['requestedOn' as const] : []),
        ],
        oddities: [
          ...(line.unread ?? []).map((text): Oddity => ({ code: 'unread', params: { text } })),
          ...dateOddities(on ?? null, today, env),
          ...(repeated ? [{ code: 'repeated' } as const] : []),
          ...(product === undefined ? [] : productOddities(product, qty, line.unit)),
          ...(product === undefined || bought[0]?.any !== true
            ? []
            : pastOddities(product, inBaseUnit(product, qty, line.unit), past)),
        ],
      };
    }),
  };
}

export async function partnerOf(tx: Tx, { actor, partnerId }: Asked): Promise<string> {
  const id = actor.partnerId ?? partnerId;
  if (actor.partnerId !== null && partnerId !== undefined && partnerId !== actor.partnerId)
    throw refuse('partner.not_found', undefined, 'partnerId');
  if (id === undefined) throw refuse('field.required', undefined, 'partnerId');
  const found = await tx.query(sql`select 1 from partner where id = ${id}`);
  if (found.length === 0) throw refuse('partner.not_found', undefined, 'partnerId');
  return id;
}

const productView = ({ id, sku, name, name_hans, name_en, unit }: Match | Product) => ({
  id,
  sku,
  name,
  nameHans: name_hans,
  nameEn: name_en,
  unit,
});

const confidenceOf = (
  named: string | undefined,
  productId: string | undefined,
  candidates: readonly Match[],
): number =>
  productId === undefined
    ? (candidates[0]?.score ?? 0)
    : named === productId
      ? 100
      : (candidates.find(({ id }) => id === productId)?.score ?? 100);

function dateOddities(on: BizDate | null, today: BizDate, { calendar }: Env): Oddity[] {
  if (on === null) return [];
  if (on < today) return [{ code: 'date_past' }];
  if (on > addDays(today, YEAR_DAYS)) return [{ code: 'date_far' }];
  return calendar.isWorkingDay(on) ? [] : [{ code: 'date_off' }];
}

/** The quantity in the product's base unit, in which minimum and past orders are counted; null when it cannot be said. */
function inBaseUnit(product: Product, qty: bigint | null, unit: string | undefined): bigint | null {
  if (qty === null) return null;
  if (unit === undefined || unit.trim() === '') return qty;
  const named = unitNamed(product, unit);
  return named === null ? null : toBase(qty, named.factor);
}

function productOddities(product: Product, qty: bigint | null, unit: string | undefined): Oddity[] {
  if (unit !== undefined && unit.trim() !== '' && unitNamed(product, unit) === null)
    return [{ code: 'unit', params: { unit: product.unit } }];
  const base = inBaseUnit(product, qty, unit);
  if (base === null) return [];
  const odd: Oddity[] = [];
  if (product.whole_units && !isWhole(base)) odd.push({ code: 'qty_whole' });
  if (base < product.min_qty) odd.push({ code: 'qty_minimum', params: { qty: formatQty(product.min_qty) } });
  else if (!isMultipleOf(base, product.multiple_qty))
    odd.push({ code: 'qty_multiple', params: { qty: formatQty(product.multiple_qty) } });
  return odd;
}

function pastOddities(product: Product, qty: bigint | null, past: readonly Past[]): Oddity[] {
  const before = past.find(({ product_id }) => product_id === product.id);
  if (before === undefined) return [{ code: 'never_bought' }];
  if (qty === null || before.times < 2) return [];
  const usual = { least: formatQty(before.least), most: formatQty(before.most) };
  if (qty > before.most * UNUSUAL) return [{ code: 'qty_high', params: usual }];
  return qty * UNUSUAL < before.least ? [{ code: 'qty_low', params: usual }] : [];
}

/**
 * What orders name besides their own rows. Products, partners, people and places are remembered by the node at a version of the masters;
 * what it does not know, and what cannot be remembered (receipts, proofs, the inquiry behind a draft), is read in one flight.
 */
import { sql, type Tx } from '../../platform/db/database.ts';
import { type Remembered, remembered, type Shelf } from '../../platform/pipeline/masters.ts';
import type { InquiryLineRow } from './order-own.ts';
import { type PartnerTerms, productBook, type ProductRow } from './order-masters.ts';
import type { PromisedSupply } from './order-view.ts';
import type { Whole } from './order-whole.ts';

export type PartnerCard = Pick<
  PartnerTerms,
  'id' | 'no' | 'name' | 'name_en' | 'state' | 'sales_owner_id' | 'sales_owner_name'
>;

export type Names = {
  products: ReadonlyMap<string, ProductRow>;
  partners: ReadonlyMap<string, PartnerCard>;
  people: ReadonlyMap<string, Name>;
  /** Those not in use any more as well. */
  warehouses: ReadonlyMap<string, string>;
  carriers: ReadonlyMap<string, CarrierName>;
  /** Receipts that reservations wait for. */
  supplies: ReadonlyMap<string, PromisedSupply>;
  /** Contacts who replied, and files that a reply rests on. */
  proofs: ReadonlyMap<string, string>;
  /** Of drafts: what the partner had asked for, and differences from it that were accepted. */
  inquiryLines: readonly InquiryLineRow[];
  accepted: readonly { order_id: string; key: string }[];
};

type Name = { id: string; name: string };
type CarrierName = Name & { name_en: string | null };
const cardsKept = remembered<PartnerCard>(10_000);
const peopleKept = remembered<Name>(10_000);
const warehousesKept = remembered<ReadonlyMap<string, string>>(1);
const carriersKept = remembered<ReadonlyMap<string, CarrierName>>(1);
/** All of one kind are remembered under one name. */
const ALL = 'all';

/** Scope was asked for where the orders come from. No statement when everything is remembered. */
export async function loadNames(tx: Tx, shelf: Shelf, orders: readonly Whole[]): Promise<Names> {
  const { products, people, supplies, contacts, files, drafts } = named(orders);
  const book = productBook(tx, shelf);
  const some = <Row>(ids: readonly string[], read: (ids: readonly string[]) => Promise<Row[]>) =>
    ids.length === 0 ? [] : read(ids);
  const [, partners, persons, warehouses, carriers, receipts, replied, filed, inquiryLines, accepted] =
    await Promise.all([
      book.need(products, []),
      loadPartnerCards(tx, shelf, [...new Set(orders.map(({ row }) => row.partner_id))]),
      known(shelf, peopleKept, people, (ids) =>
        tx.query<Name>(sql`select id, name from app_user where id = any(${ids}::uuid[])`),
      ),
      warehousesKept.get(shelf, ALL) ?? readWarehouses(tx, shelf),
      carriersKept.get(shelf, ALL) ?? readCarriers(tx, shelf),
      some(supplies, (ids) =>
        tx.query<PromisedSupply & { id: string }>(
          sql`select id, no, kind, expected_on from supply where id = any(${ids}::uuid[])`,
        ),
      ),
      some(contacts, (ids) => tx.query<Name>(sql`select id, name from partner_contact where id = any(${ids}::uuid[])`)),
      some(files, (ids) =>
        tx.query<Name>(sql`select id, file_name as name from attachment where id = any(${ids}::uuid[])`),
      ),
      some(drafts, (ids) =>
        tx.query<InquiryLineRow>(
          sql`select o.id as order_id, l.line_no, l.wanted, l.product_id, l.qty, l.unit, l.requested_on from sales_order o join inquiry_line l on l.inquiry_id = o.inquiry_id where o.id = any(${ids}::uuid[]) order by o.id, l.line_no`,
        ),
      ),
      some(drafts, (ids) =>
        tx.query<{ order_id: string; key: string }>(
          sql`select order_id, key from inquiry_difference where order_id = any(${ids}::uuid[])`,
        ),
      ),
    ]);
  return {
    products: book.byId,
    partners,
    people: persons,
    warehouses,
    carriers,
    supplies: new Map(receipts.map((row) => [row.id, row])),
    proofs: new Map([...replied, ...filed].map(({ id, name }) => [id, name])),
    inquiryLines,
    accepted,
  };
}

/** Of partners whose orders the transaction has seen: what is remembered was read for others too. */
export const loadPartnerCards = (tx: Tx, shelf: Shelf, ids: readonly string[]): Promise<Map<string, PartnerCard>> =>
  known(shelf, cardsKept, ids, (missing) =>
    tx.query<PartnerCard>(sql`
      select p.id, p.no, p.name, p.name_en, p.state, p.sales_owner_id, u.name as sales_owner_name
      from partner p left join app_user u on u.id = p.sales_owner_id where p.id = any(${missing}::uuid[])`),
  );

/** Everything that the views of these orders call by its name. */
function named(orders: readonly Whole[]) {
  const products = new Set<string>();
  const people = new Set<string | null>();
  const supplies = new Set<string | null>();
  const contacts = new Set<string | null>();
  const files = new Set<string | null>();
  for (const { row, lines, reservations, discrepancies, rounds, holds, tasks } of orders) {
    for (const { product_id } of lines) products.add(product_id);
    for (const { supply_id } of reservations) supplies.add(supply_id);
    people.add(row.created_by).add(row.terms_reviewed_by);
    for (const { by } of row.corrections) people.add(by);
    for (const { answeredBy } of row.production_answers) people.add(answeredBy);
    for (const { settled_by } of discrepancies) people.add(settled_by);
    for (const round of rounds) {
      people.add(round.sent_by).add(round.replied_by);
      contacts.add(round.reply_contact_id);
      files.add(round.reply_attachment_id);
    }
    for (const { placed_by } of holds) people.add(placed_by);
    for (const { user_id } of tasks) people.add(user_id);
  }
  const ids = (found: ReadonlySet<string | null>) => [...found].filter((id) => id !== null);
  return {
    products: [...products],
    people: ids(people),
    supplies: ids(supplies),
    contacts: ids(contacts),
    files: ids(files),
    drafts: orders.flatMap(({ row }) => (row.state === 'draft' && row.inquiry_id !== null ? [row.id] : [])),
  };
}

async function known<Row extends { id: string }>(
  shelf: Shelf,
  kept: Remembered<Row>,
  wanted: readonly string[],
  read: (ids: readonly string[]) => Promise<Row[]>,
): Promise<Map<string, Row>> {
  const found = new Map<string, Row>();
  const missing = wanted.filter((id) => {
    const row = kept.get(shelf, id);
    if (row !== undefined) found.set(id, row);
    return row === undefined;
  });
  if (missing.length === 0) return found;
  for (const row of await read(missing)) {
    found.set(row.id, row);
    kept.put(shelf, row.id, row);
  }
  return found;
}

async function readWarehouses(tx: Tx, shelf: Shelf): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<Name>(sql`select id, name from warehouse`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  warehousesKept.put(shelf, ALL, names);
  return names;
}

async function readCarriers(tx: Tx, shelf: Shelf): Promise<ReadonlyMap<string, CarrierName>> {
  const rows = await tx.query<CarrierName>(sql`select id, name, name_en from carrier`);
  const names = new Map(rows.map((row) => [row.id, row]));
  carriersKept.put(shelf, ALL, names);
  return names;
}

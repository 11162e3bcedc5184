/** What a link shows: the round that was sent, frozen; or how the goods of an order travel, and nothing else. */
import type { z } from 'zod';
import type { ReplyLinkView, StatusLinkRow, StatusLinkView } from '../../../contract/links.ts';
import { formatDecimal, PRICE_SCALE } from '../../kernel/decimal.ts';
import { formatAmount } from '../../kernel/money.ts';
import { formatQty } from '../../kernel/qty.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import type { SecretBox } from '../../platform/secrets/index.ts';
import { readConfirmation } from '../documents/index.ts';
import { type LinkRow, linkTable } from './link-tables.ts';
import { linkToken } from './link-token.ts';
import { personOf } from './reply-links.ts';

type RoundFacts = {
  order_no: string;
  state: string;
  order_round: number;
  sent_at: Date;
  due_at: Date;
  silence_accepts: boolean;
  reply: z.output<typeof ReplyLinkView>['reply'];
  replied_at: Date | null;
};

/** The round of a reply link: how it stands, and whether it still waits for an answer. */
export async function readRound(tx: Tx, link: LinkRow): Promise<RoundFacts & { isOpen: boolean }> {
  const [row] = await tx.query<RoundFacts>(sql`
    select o.no as order_no, o.state, o.round as order_round, r.sent_at, r.due_at, r.silence_accepts, r.reply, r.replied_at
    from order_round r join sales_order o on o.id = r.order_id where r.order_id = ${link.order_id} and r.round = ${link.round}::int`);
  if (row === undefined) throw refuse('link.not_found');
  const isOpen = row.reply === null && row.state === 'awaiting_partner' && row.order_round === link.round;
  return { ...row, isOpen };
}

type UnitNames = { name: string; name_hans: string | null; name_en: string | null };

/** A unit as the reader calls it: who opens a link has no list of units to look it up in. */
function unitIn(units: readonly UnitNames[], unit: string, locale: string): string {
  const named = units.find(({ name, name_hans }) => name === unit || name_hans === unit);
  const shown = locale === 'en' ? named?.name_en : locale === 'zh-Hans' ? named?.name_hans : named?.name;
  return shown ?? unit;
}

export async function replyLinkView(tx: Tx, link: LinkRow, locale: string): Promise<z.output<typeof ReplyLinkView>> {
  const [round, paper, person, units] = await Promise.all([
    readRound(tx, link),
    readConfirmation(tx, link.order_id, link.round ?? undefined),
    personOf(tx, link),
    tx.query<UnitNames>(sql`select name, name_hans, name_en from unit_of_measure`),
  ]);
  if (person === undefined) throw refuse('link.not_found');
  const amount = (minor: bigint) => formatAmount(minor, paper.currency);
  return {
    kind: 'reply',
    company: { name: paper.company.name, nameEn: paper.company.nameEn },
    receiver: person.name,
    orderId: link.order_id,
    orderNo: round.order_no,
    poNo: paper.poNo,
    round: link.round ?? 0,
    contentHash: link.content_hash ?? '',
    sentAt: round.sent_at.toISOString(),
    dueAt: round.due_at.toISOString(),
    silenceAccepts: round.silence_accepts,
    isOpen: round.isOpen,
    reply: round.reply,
    repliedAt: round.replied_at?.toISOString() ?? null,
    currency: paper.currency,
    netAmount: amount(paper.net),
    taxAmount: amount(paper.tax),
    grossAmount: amount(paper.gross),
    deliveryAddress: paper.deliveryAddress,
    lines: paper.lines.map((line) => ({
      lineNo: line.lineNo,
      sku: line.sku,
      name:
        locale === 'en'
          ? (line.name.en ?? line.name.hant)
          : locale === 'zh-Hans'
            ? (line.name.hans ?? line.name.hant)
            : line.name.hant,
      qty: formatQty(line.qty),
      unit: unitIn(units, line.unit, locale),
      unitPrice: formatDecimal(line.unitPrice, PRICE_SCALE, 2),
      grossAmount: amount(line.gross),
      promisedOn: line.promisedOn,
    })),
  };
}

type Travelling = {
  id: string;
  no: string;
  state: 'shipped' | 'delivered' | 'reversed';
  carrier: string | null;
  carrier_en: string | null;
  waybill_no: string | null;
  shipped_at: Date;
  expected_on: string | null;
  delivered_at: Date | null;
  has_exception: boolean;
};

export async function statusLinkView(tx: Tx, link: LinkRow): Promise<z.output<typeof StatusLinkView>> {
  const [[head], shipments, news] = await Promise.all([
    tx.query<{ order_no: string; name: string; name_en: string | null }>(
      sql`select o.no as order_no, c.name, c.name_en from sales_order o cross join company c where o.id = ${link.order_id}`,
    ),
    tx.query<Travelling>(sql`
      select s.id, s.no, s.state, c.name as carrier, c.name_en as carrier_en, s.waybill_no, s.shipped_at, s.expected_on, s.delivered_at, s.has_exception
      from shipment s left join carrier c on c.id = s.carrier_id where s.order_id = ${link.order_id} order by s.shipped_at, s.id`),
    tx.query<{ shipment_id: string; at: Date; place: string | null; kind: string }>(sql`
      select t.shipment_id, t.at, t.place, t.kind from tracking_event t join shipment s on s.id = t.shipment_id
      where s.order_id = ${link.order_id} order by t.at desc, t.id desc limit 500`),
  ]);
  if (head === undefined) throw refuse('link.not_found');
  return {
    kind: 'status',
    company: { name: head.name, nameEn: head.name_en },
    orderNo: head.order_no,
    shipments: shipments.map((row) => ({
      no: row.no,
      state: row.state,
      carrier: row.carrier === null ? null : { name: row.carrier, nameEn: row.carrier_en },
      waybillNo: row.waybill_no,
      shippedAt: row.shipped_at.toISOString(),
      expectedOn: row.expected_on,
      deliveredAt: row.delivered_at?.toISOString() ?? null,
      hasException: row.has_exception,
      news: news.flatMap((one) =>
        one.shipment_id === row.id ? [{ at: one.at.toISOString(), place: one.place, kind: one.kind }] : [],
      ),
    })),
  };
}

type StatusRow = z.output<typeof StatusLinkRow>;
export const statusRow = (row: LinkRow, token: string | null): StatusRow => ({
  id: row.id,
  token,
  note: row.note,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** The status links of an order that the caller sees. */
export async function readStatusLinks(tx: Tx, secrets: SecretBox, orderId: string): Promise<{ items: StatusRow[] }> {
  const [orders, rows] = await Promise.all([
    tx.query(sql`select from sales_order where id = ${orderId}`),
    tx.query<LinkRow>(
      sql`select ${columnsOf(linkTable)} from signed_link where order_id = ${orderId} and kind = 'status' order by id desc`,
    ),
  ]);
  if (orders.length === 0) throw refuse('order.not_found');
  return { items: rows.map((row) => statusRow(row, linkToken(secrets, row.id))) };
}

/** An inquiry arrives: in the sales contact's queue in the same transaction. Product names are matched; what is missing is marked, never guessed. R3.2. */
import type { z } from 'zod';
import type { InquiryCreate } from '../../../../contract/inquiries.ts';
import { bizDateOf } from '../../../kernel/biz-date.ts';
import { instant } from '../../../kernel/clock.ts';
import { newId } from '../../../kernel/ids.ts';
import { parseQty } from '../../../kernel/qty.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { insertRows } from '../../../platform/db/table.ts';
import { defineCommand } from '../../../platform/pipeline/define.ts';
import type { Env } from '../../../platform/pipeline/types.ts';
import { type ScopeColumns, scopeColumns, scopeOf } from '../../partners/index.ts';
import { gapsOf, type InquiryLineRow, inquiryLineTable, inquiryTable } from '../inquiry-tables.ts';
import { learnTerms, matchProducts, sureMatch } from '../match-products.ts';
import { attachUploads } from '../uploads.ts';
import { answerWithInquiry, askForConfirmation, type Locked, openTask } from './shared.ts';

export type CreateInquiry = z.infer<typeof InquiryCreate>;
type PartnerRow = { id: string; state: string; sales_owner_id: string | null } & ScopeColumns;

/** Whether inquiries may come this way without the partner's confirmation. Portal and API are the partner's own word. */
const isDesignated = (channel: string, partner: PartnerRow, env: Env, now: Date): boolean =>
  channel === 'portal' ||
  channel === 'api' ||
  env.policy.at(`inquiry.way_${channel}`, now, scopeOf(partner)).value === 1;

export const createInquiry = defineCommand<CreateInquiry>({
  name: 'inquiries.create',
  refuses: [
    'partner.not_found',
    'partner.not_active',
    'partner.not_in_range',
    'product.not_found',
    'address.not_found',
    'attachment.not_found',
  ],
  async run(context, input) {
    const { tx, command, env, emit } = context;
    const { actor, now } = command;
    if (actor.partnerId !== null)
      // A partner may say that its lines came out of a file; the other ways are seen by us.
      for (const field of ['partnerId', 'channel', 'receivedAt'] as const)
        if (input[field] !== undefined && input[field] !== 'excel') throw refuse('field.unknown', undefined, field);
    const partnerId = actor.partnerId ?? input.partnerId;
    if (partnerId === undefined) throw refuse('field.required', undefined, 'partnerId');
    const named = input.lines.flatMap(({ productId }) => productId ?? []);
    const [partners, numbers, products, addresses, matches] = await Promise.all([
      tx.query<PartnerRow>(
        sql`select p.id, p.state, p.sales_owner_id, ${scopeColumns(sql`p`, sql`${bizDateOf(now, env.company.timeZone)}::date`)} from partner p where p.id = ${partnerId}`,
      ),
      tx.query<{ no: string }>(
        sql`select 'IN-' || ${bizDateOf(now, env.company.timeZone).slice(0, 4)}::text || '-' || to_char(nextval('inquiry_no'), 'FM999999999000000') as no`,
      ),
      tx.query<{ id: string; sku: string; in_range: boolean }>(
        sql`select id, sku, partner_may_buy(${partnerId}::uuid, id, category) as in_range from product where id = any(${named}::uuid[])`,
      ),
      tx.query<{ id: string }>(
        sql`select id from partner_address where partner_id = ${partnerId} and id = ${input.addressId ?? null}`,
      ),
      matchProducts(
        tx,
        partnerId,
        input.lines.map((line, i) => ({ ...line, lineNo: i + 1 })),
      ),
    ]);
    const partner = partners[0];
    if (partner === undefined) throw refuse('partner.not_found', undefined, 'partnerId');
    if (partner.state !== 'active') throw refuse('partner.not_active');
    input.lines.forEach(({ productId }, i) => {
      if (productId === undefined) return;
      const product = products.find(({ id }) => id === productId);
      if (product === undefined) throw refuse('product.not_found', { product: productId }, `lines.${i}.productId`);
      if (!product.in_range) throw refuse('partner.not_in_range', { sku: product.sku }, `lines.${i}.productId`);
    });
    if (input.addressId !== undefined && addresses.length === 0)
      throw refuse('address.not_found', undefined, 'addressId');
    const channel =
      input.channel ?? (actor.partnerId === null ? 'sales' : actor.credential.kind === 'key' ? 'api' : 'portal');
    const row: Locked['row'] = {
      id: newId(now),
      no: numbers[0]?.no ?? '',
      partner_id: partnerId,
      state: 'received',
      channel,
      customer_name: input.customerName ?? null,
      po_no: input.poNo ?? null,
      requested_on: input.requestedOn ?? null,
      address_id: input.addressId ?? null,
      note: input.note ?? null,
      gaps_note: null,
      decline_reason: null,
      order_id: null,
      needs_confirmation: actor.partnerId === null && !isDesignated(channel, partner, env, now),
      confirmed_by: null,
      confirmed_at: null,
      sent_by: actor.kind === 'system' ? null : actor.userId,
      received_at: input.receivedAt === undefined ? now : instant(input.receivedAt),
      created_at: now,
      active_at: now,
      warned_at: null,
      closes_at: null,
      policy_level: partner.level,
      policy_agreement_id: partner.agreement_id,
      version: 1,
      sales_owner_id: partner.sales_owner_id,
      partner_state: partner.state,
    };
    const lines = input.lines.map(
      (line, i): InquiryLineRow => ({
        inquiry_id: row.id,
        line_no: i + 1,
        partner_id: partnerId,
        wanted: line.wanted,
        product_id: line.productId ?? sureMatch(matches.get(i + 1) ?? [])?.id ?? null,
        spec: line.spec ?? null,
        qty: line.qty === undefined ? null : parseQty(line.qty),
        unit: line.unit ?? null,
        requested_on: line.requestedOn ?? input.requestedOn ?? null,
        note: line.note ?? null,
      }),
    );
    // Where somebody says what a name means that was not plain before, the next inquiry knows.
    const said = input.lines.flatMap(({ productId, wanted, spec }, i) =>
      productId === undefined || sureMatch(matches.get(i + 1) ?? [])?.id === productId
        ? []
        : [{ wanted, spec: spec ?? null, productId }],
    );
    await Promise.all([
      insertRows(tx, inquiryTable, [row]),
      insertRows(tx, inquiryLineTable, lines),
      learnTerms(tx, partnerId, said, { userId: row.sent_by, now }),
    ]);
    emit({
      documentType: 'inquiry',
      documentId: row.id,
      documentNo: row.no,
      version: 1,
      type: 'inquiry.received',
      partnerId,
      payload: {
        channel: row.channel,
        ...(row.needs_confirmation ? { needsConfirmation: true } : {}),
        lines: lines.length,
        gaps: lines.filter((line) => gapsOf(line).length > 0).length,
      },
    });
    await attachUploads(context, row, input.fileIds ?? []);
    openTask(context, row, 'inquiry.handle', 'inquiry.gaps', 'R3.2');
    askForConfirmation(context, row);
    return answerWithInquiry(context, row.id, 201);
  },
});

/** The preliminary order is made from the inquiry in one step; from then on both stand side by side until every difference is accepted or mended. R3.3. */
import { formatQty } from '../kernel/qty.ts';
import { goInquiry, lockInquiry, requireInquiryAction } from '../modules/inquiries/index.ts';
import { unitsKnown } from '../modules/catalog/index.ts';
import { createOrder, readOrderView } from '../modules/orders/index.ts';
import { defineCommand } from '../platform/pipeline/define.ts';
import { runInside } from '../platform/pipeline/inside.ts';

export const convertInquiry = defineCommand<{ inquiryId: string }>({
  name: 'inquiries.convert',
  refuses: [
    'inquiry.not_found',
    'inquiry.wrong_state',
    'inquiry.incomplete',
    'inquiry.line_unmatched',
    'inquiry.unconfirmed',
    'partner.not_active',
  ],
  async run(context, { inquiryId }) {
    const found = await lockInquiry(context, inquiryId);
    requireInquiryAction(context, found, 'convert');
    const { row, lines } = found;
    // A unit that the product does not have stands as a difference beside the order, to be accepted or mended.
    const known = await unitsKnown(context.tx, lines);
    const change = await runInside(context, createOrder, {
      partnerId: row.partner_id,
      channel: row.channel as 'portal',
      inquiryId: row.id,
      ...(row.customer_name === null ? {} : { customerName: row.customer_name }),
      ...(row.po_no === null ? {} : { poNo: row.po_no }),
      ...(row.requested_on === null ? {} : { requestedOn: row.requested_on }),
      ...(row.address_id === null ? {} : { addressId: row.address_id }),
      ...(row.note === null ? {} : { note: row.note.slice(0, 2000) }),
      lines: lines.map((line) => ({
        productId: line.product_id ?? '',
        qty: formatQty(line.qty ?? 0n),
        ...(line.unit === null || !known(line.product_id, line.unit) ? {} : { unit: line.unit }),
        ...(line.requested_on === null ? {} : { requestedOn: line.requested_on }),
        ...(line.note === null ? {} : { note: line.note }),
      })),
    });
    row.order_id = change.after.row.id;
    await goInquiry(context, found, 'convert', { orderId: row.order_id });
    if (!context.answers) return { status: 201, body: { id: row.order_id } };
    const view = await readOrderView(context.tx, row.order_id, context.env, {
      actor: context.command.actor,
      now: context.command.now,
    });
    return { status: 201, body: view, etag: view.version };
  },
});

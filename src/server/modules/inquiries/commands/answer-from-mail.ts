/** An answer that came by mail: what is missing is filled in where the answer says it plainly; the rest is for the sales contact. R3.2. */
import { parseQty } from '../../../kernel/qty.ts';
import { sql, type Tx } from '../../../platform/db/database.ts';
import { updateRows } from '../../../platform/db/table.ts';
import type { Context } from '../../../platform/pipeline/define.ts';
import { gapsOf, type InquiryLineRow, inquiryLineTable } from '../inquiry-tables.ts';
import { bare } from '../reading/plain.ts';
import type { ReadInquiry, WantedLine } from '../reading/wanted-line.ts';
import { goInquiry, lockInquiry } from './shared.ts';

/** Whether an answer to this inquiry of this partner can still be taken. */
export async function isOpenForAnswers(tx: Tx, inquiryId: string, partnerId: string): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 from inquiry where id = ${inquiryId} and partner_id = ${partnerId} and state in ('received', 'needs_data', 'ready')`,
  );
  return rows.length > 0;
}

/** Takes the answer in; the sales contact looks at the inquiry again. Returns its number. */
export async function answerFromMail(
  context: Context<unknown>,
  inquiryId: string,
  read: ReadInquiry,
): Promise<{ no: string }> {
  const found = await lockInquiry(context, inquiryId);
  const open = found.lines.filter((line) => gapsOf(line).length > 0);
  const filled = open.flatMap((line) => {
    const said =
      read.lines.find((each) => speaksOf(each, line)) ??
      (open.length === 1 && read.lines.length === 1 ? read.lines[0] : undefined);
    const qty = line.qty ?? (said?.qty == null ? null : parseQty(said.qty));
    const requestedOn = line.requested_on ?? said?.requestedOn ?? read.requestedOn;
    return qty === line.qty && requestedOn === line.requested_on ? [] : [{ ...line, qty, requested_on: requestedOn }];
  });
  await updateRows(context.tx, inquiryLineTable, ['qty', 'requested_on'], filled);
  found.row.gaps_note = null;
  await goInquiry(context, found, 'answer', { lines: filled.map(({ line_no }) => line_no), channel: 'email' });
  return { no: found.row.no };
}

/** Whether words of an answer name the product of a line. */
function speaksOf(said: WantedLine, line: InquiryLineRow): boolean {
  const [one, other] = [bare(said.wanted), bare(line.wanted)];
  return one.length >= 2 && other.length >= 2 && (one.includes(other) || other.includes(one));
}

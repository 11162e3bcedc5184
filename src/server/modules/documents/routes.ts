/** Papers over HTTP: read in the caller's scope, laid out in the worker, sent as PDF. */
import * as contract from '../../../contract/documents.ts';
import type { PdfLanguage } from '../../../contract/documents.ts';
import { bizDateOf } from '../../kernel/biz-date.ts';
import { refuse } from '../../kernel/refusal.ts';
import type { Tx } from '../../platform/db/database.ts';
import { attachmentHeader } from '../../platform/export/index.ts';
import { type RawCall, type Route, raw } from '../../platform/http/route.ts';
import { type PdfDocument, renderPdf } from '../../platform/pdf/index.ts';
import { readPartnerLedger } from '../receivables/index.ts';
import { confirmationPaper } from './confirmation-paper.ts';
import { readCompanyHead, readConfirmation, readPickingList, readShipping } from './document-queries.ts';
import { pickingPaper, shippingPaper } from './goods-papers.ts';
import { statementPaper } from './statement-paper.ts';
import { type Wording, wording } from './wording.ts';

type Asked = { query: { language?: PdfLanguage | undefined } };
type Call = Pick<RawCall<never, never, never>, 'actor' | 'locale' | 'now' | 'services' | 'reply'>;

const isLanguage = (text: string): text is PdfLanguage => (contract.PDF_LANGUAGES as readonly string[]).includes(text);

/** Reads with the caller's scope, then lays out with no transaction open. The file is named after the title of the paper. */
async function send(
  call: Call & Asked,
  read: (tx: Tx, today: string, words: Wording) => Promise<PdfDocument>,
): Promise<void> {
  const { actor, services, reply, locale, now, query } = call;
  if (actor === null) throw refuse('session.required');
  const words = wording(query.language ?? (isLanguage(locale) ? locale : 'zh-Hant'), locale);
  const today = bizDateOf(now, (await services.settings.env(now)).company.timeZone);
  const document = await services.database.read(actor.scope, (tx) => read(tx, today, words));
  const { bytes, missing } = await renderPdf(document);
  reply
    .header('Content-Type', 'application/pdf')
    // Made here from plain text, so that the browser may show it.
    .header('Content-Disposition', attachmentHeader(`${document.title}.pdf`).replace(/^attachment/, 'inline'))
    .header('Cache-Control', 'no-store');
  if (missing.length > 0) reply.header('Qucheng-Missing-Characters', missing.join(' '));
  reply.send(bytes);
}

export const documentRoutes: Route[] = [
  raw(contract.orderConfirmationPdf, (call) =>
    send(call, async (tx, today, words) =>
      confirmationPaper(await readConfirmation(tx, call.params.orderId, call.query.round), today, words),
    ),
  ),
  raw(contract.shippingNotePdf, (call) =>
    send(call, async (tx, _today, words) => shippingPaper(await readShipping(tx, call.params.shipmentId), words)),
  ),
  raw(contract.pickingListPdf, (call) =>
    send(call, async (tx, today, words) =>
      pickingPaper(await readPickingList(tx, call.params.pickingId), today, words),
    ),
  ),
  raw(contract.partnerStatementPdf, (call) => {
    const { from, to } = call.query;
    if (from > to) throw refuse('document.period', undefined, 'from');
    return send(call, async (tx, today, words) =>
      statementPaper(
        await readCompanyHead(tx),
        await readPartnerLedger(tx, call.params.partnerId, { from, to }),
        today,
        words,
      ),
    );
  }),
];

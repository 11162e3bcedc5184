/** Inquiries over HTTP. Conversion into an order is processes/inquiry-becomes-order.ts. */
import * as contract from '../../../contract/inquiries.ts';
import { partnerTermList, partnerTermSave } from '../../../contract/partner-terms.ts';
import { refuse } from '../../kernel/refusal.ts';
import { read, type Route, raw, write } from '../../platform/http/route.ts';
import { createInquiry } from './commands/create-inquiry.ts';
import {
  answerInquiry,
  askBack,
  checkInquiry,
  confirmInquiry,
  declineInquiry,
  reopenInquiry,
  withdrawInquiry,
} from './commands/handle-inquiry.ts';
import { readInquiries, readInquiry } from './inquiry-queries.ts';
import { linesOf, partnerOf, previewLines, readFile, readWords } from './preview.ts';
import { listTerms, saveTerm } from './terms.ts';
import { keepUpload } from './uploads.ts';

const withBody = <B extends object>({ params, body }: { params: { inquiryId: string }; body: B }) => ({
  inquiryId: params.inquiryId,
  ...body,
});
const idOnly = ({ params }: { params: { inquiryId: string } }) => ({ inquiryId: params.inquiryId });

const MOST_BYTES = 16 * 1024 * 1024;

export const inquiryRoutes: Route[] = [
  read(contract.inquiryList, ({ tx, query, actor }) => readInquiries(tx, query, actor)),
  read(contract.inquiryGet, ({ tx, params, actor, locale }) => readInquiry(tx, params.inquiryId, actor, locale)),
  write(contract.inquiryCreate, createInquiry, ({ body }) => body),
  // Read only, though words and files make them a POST.
  raw(contract.inquiryPreview, async ({ body, actor, now, services }) => {
    if (actor === null) return undefined;
    const env = await services.settings.env(now);
    const { text, lines = [], partnerId, requestedOn = null } = body;
    const read =
      text === undefined
        ? { poNo: null, customerName: null, truncated: false, requestedOn }
        : readWords(text, env, now);
    const all = [...lines, ...('lines' in read ? linesOf(read) : [])];
    return services.database.read(actor.scope, (tx) =>
      previewLines(tx, { actor, env, now, partnerId }, all, { ...read, requestedOn: requestedOn ?? read.requestedOn }),
    );
  }),
  raw(contract.inquiryPreviewFile, async ({ query, request, actor, now, services }) => {
    if (actor === null) return undefined;
    const bytes = request.body as Buffer;
    if (bytes.length > MOST_BYTES) throw refuse('import.too_large', { max: String(MOST_BYTES / 1024 / 1024) });
    const env = await services.settings.env(now);
    const read = await readFile(bytes, env, now);
    return services.database.write(actor.scope, async (tx) => {
      const asked = { actor, env, now, partnerId: query.partnerId };
      const view = await previewLines(tx, asked, linesOf(read), read);
      const partnerId = await partnerOf(tx, asked);
      return { ...view, fileId: await keepUpload(tx, { actor, partnerId, now }, { fileName: query.fileName, bytes }) };
    });
  }),
  write(contract.inquiryAskBack, askBack, withBody),
  write(contract.inquiryAnswer, answerInquiry, withBody),
  write(contract.inquiryCheck, checkInquiry, idOnly),
  write(contract.inquiryConfirm, confirmInquiry, idOnly),
  write(contract.inquiryDecline, declineInquiry, withBody),
  write(contract.inquiryWithdraw, withdrawInquiry, idOnly),
  write(contract.inquiryReopen, reopenInquiry, idOnly),
  read(partnerTermList, ({ tx, params, query }) => listTerms(tx, params.partnerId, query)),
  write(partnerTermSave, saveTerm, ({ params, body }) => ({ ...body, ...params })),
];

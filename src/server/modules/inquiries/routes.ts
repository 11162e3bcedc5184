/** Inquiries over HTTP. Conversion into an order is processes/inquiry-becomes-order.ts. */
import * as contract from '../../../contract/inquiries.ts';
import { read, type Route, write } from '../../platform/http/route.ts';
import { createInquiry } from './commands/create-inquiry.ts';
import {
  answerInquiry,
  askBack,
  checkInquiry,
  declineInquiry,
  reopenInquiry,
  withdrawInquiry,
} from './commands/handle-inquiry.ts';
import { readInquiries, readInquiry } from './inquiry-queries.ts';

const withBody = <B extends object>({ params, body }: { params: { inquiryId: string }; body: B }) => ({
  inquiryId: params.inquiryId,
  ...body,
});
const idOnly = ({ params }: { params: { inquiryId: string } }) => ({ inquiryId: params.inquiryId });

export const inquiryRoutes: Route[] = [
  read(contract.inquiryList, ({ tx, query, actor }) => readInquiries(tx, query, actor)),
  read(contract.inquiryGet, ({ tx, params, actor, locale }) => readInquiry(tx, params.inquiryId, actor, locale)),
  write(contract.inquiryCreate, createInquiry, ({ body }) => body),
  write(contract.inquiryAskBack, askBack, withBody),
  write(contract.inquiryAnswer, answerInquiry, withBody),
  write(contract.inquiryCheck, checkInquiry, idOnly),
  write(contract.inquiryDecline, declineInquiry, withBody),
  write(contract.inquiryWithdraw, withdrawInquiry, idOnly),
  write(contract.inquiryReopen, reopenInquiry, idOnly),
];

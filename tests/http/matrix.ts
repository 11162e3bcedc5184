/**
 * The table of ownership: every operation has a row here, else a test fails (ownership.test.ts).
 *
 * A new operation takes one line:
 *   partner   what its ids name belongs to a partner. `ids` (and `body`, `query`) name the thing of one side; the test asks for one's own,
 *             for the other partner's and for one that does not exist, as everybody who holds the permission.
 *   company   what it names belongs to the company: reached by everybody with the permission; a missing one is not found.
 *   list      no ids: nobody sees anything of a partner that is not his.
 *   self      works only on the caller's own account; there is no id that could be somebody else's.
 *   public    for everybody; tests of its own say what it gives away.
 * Versioned operations are asked with a version that nothing has, so that own things are found (412) and not changed.
 */
import { exportLists } from '../../src/server/modules/imports/lists.ts';
import type { Role } from '../../src/contract/roles.ts';
import type { Side, World } from './world.ts';

/** Stands for every id that does not exist. */
export const MISSING = '01a00000-0000-7000-8000-0000000000ff';

type Build<T> = (side: Side, world: World) => T;
export type Row = {
  owner: 'partner' | 'company' | 'list' | 'self' | 'public';
  ids?: Build<Record<string, string>>;
  body?: Build<unknown>;
  query?: Build<string>;
  /** Raw bytes with their type instead of JSON. */
  file?: { type: string; bytes: string };
  /** Only these people of the side reach even their own. */
  only?: readonly (keyof Side)[];
  /** Whom to ask in the name of the company, where not everybody with the permission reaches it. */
  by?: Role;
  /** The ids are no documents (dates, codes, kinds): nothing can be missing. */
  always?: boolean;
};

const order: Build<Record<string, string>> = ({ orderId }) => ({ orderId });
const openOrder: Build<Record<string, string>> = ({ openOrderId }) => ({ orderId: openOrderId });
const partner: Build<Record<string, string>> = ({ partnerId }) => ({ partnerId });
const inquiry: Build<Record<string, string>> = ({ inquiryId }) => ({ inquiryId });
const shipment: Build<Record<string, string>> = ({ shipmentId }) => ({ shipmentId });
const picking: Build<Record<string, string>> = ({ pickingId }) => ({ pickingId });
const payment: Build<Record<string, string>> = ({ paymentId }) => ({ paymentId });
const template: Build<Record<string, string>> = ({ templateId }) => ({ templateId });
const invoice: Build<Record<string, string>> = ({ invoiceId }) => ({ invoiceId });
const application: Build<Record<string, string>> = (_, { applicationId }) => ({ applicationId });
const mail: Build<Record<string, string>> = (_side, { mailId }) => ({ messageId: mailId });
const reason = () => ({ reason: '测试' });
const mine = (ids: Build<Record<string, string>>, body?: Build<unknown>, rest: Partial<Row> = {}): Row => ({
  owner: 'partner',
  ids,
  ...(body === undefined ? {} : { body }),
  ...rest,
});
const ours = (ids: Build<Record<string, string>>, body?: Build<unknown>, rest: Partial<Row> = {}): Row => ({
  owner: 'company',
  ids,
  ...(body === undefined ? {} : { body }),
  ...rest,
});
const list = (query?: string): Row => ({ owner: 'list', ...(query === undefined ? {} : { query: () => query }) });
const asked = (body: Build<unknown>, rest: Partial<Row> = {}): Row => ({ owner: 'partner', body, ...rest });
const company: Row = { owner: 'company' };
const self: Row = { owner: 'self' };
const open: Row = { owner: 'public' };

const DOCUMENTS: Build<Record<string, string>>[] = [
  ({ orderId }) => ({ documentType: 'order', documentId: orderId }),
  ({ inquiryId }) => ({ documentType: 'inquiry', documentId: inquiryId }),
  ({ shipmentId }) => ({ documentType: 'shipment', documentId: shipmentId }),
  ({ partnerId }) => ({ documentType: 'partner', documentId: partnerId }),
];
const onDocuments = (body?: Build<unknown>, rest?: Partial<Row>): Row[] =>
  DOCUMENTS.map((ids) => mine(ids, body, rest));
const CSV = { type: 'text/csv', bytes: 'a,b\n1,2\n' };
const lines: Build<unknown> = (_, { productId }) => [{ productId, qty: '1' }];

export const matrix: Record<string, Row | Row[]> = {
  // people
  sessionSignIn: open,
  sessionGet: self,
  sessionSignOut: self,
  sessionSignOutEverywhere: self,
  sessionsList: self,
  sessionRevoke: self,
  sessionDemoIdentities: open,
  sessionDemoSignIn: open,
  userUpdateSelf: self,
  passwordChange: self,
  passwordResetCheck: open,
  passwordReset: open,
  setupGet: open,
  setupCreate: open,
  usersList: list(),
  userPartnersList: list(),
  userGet: ours((_, { userId }) => ({ userId })),
  userInvite: company,
  userUpdate: ours(
    (_, { userId }) => ({ userId }),
    () => ({ nameEn: 'x' }),
  ),
  userResetLink: ours((_, { userId }) => ({ userId })),
  keysList: list(),
  keyCreate: company,
  keyRevoke: ours((_, { keyId }) => ({ keyId })),
  delegationsList: list(),
  delegationCreate: company,
  delegationEnd: ours((_, { delegationId }) => ({ delegationId }), undefined, { only: ['finance'] }),
  accessLogList: list(),
  // money
  paymentsList: list(),
  paymentGet: mine(payment),
  paymentRecord: asked(({ partnerId }) => ({
    partnerId,
    amount: '1.00',
    receivedOn: '2026-03-10',
    method: 'bank_transfer',
  })),
  paymentConfirm: mine(payment, () => ({})),
  paymentAllocate: mine(payment, ({ orderId }) => ({ allocations: [{ orderId, amount: '1.00' }] })),
  paymentUnallocate: mine(({ paymentId, allocationId }) => ({ paymentId, allocationId }), reason),
  paymentReverse: mine(payment, reason),
  paymentProposals: mine(payment),
  partnerProposals: mine(partner),
  partnerLedger: mine(partner, undefined, { query: () => 'from=2026-01-01&to=2026-12-31' }),
  openItems: list(),
  dueItems: list(),
  openingBalancePost: asked(({ partnerId }) => ({
    partnerId,
    amount: '1.00',
    postedOn: '2026-03-02',
    reference: `再期初-${partnerId}`,
  })),
  openingBalanceList: list(),
  openingBalanceReverse: mine(({ openingBalanceId }) => ({ openingBalanceId }), reason),
  invoicesList: list(),
  invoiceGet: mine(invoice),
  invoiceableGet: mine(order),
  invoiceIssue: asked(({ orderId }) => ({ orderId })),
  invoiceSend: mine(invoice, () => ({ method: 'email' })),
  invoiceReceive: mine(invoice, () => ({ receivedBy: '李四' })),
  invoiceUnreceive: mine(invoice, reason),
  invoiceSetTaxNo: mine(invoice, () => ({ taxInvoiceNo: '24312000000000000001' })),
  invoiceReverse: mine(invoice, () => ({ redReason: 'wrong_invoice' })),
  // papers
  orderConfirmationPdf: mine(order),
  shippingNotePdf: mine(shipment),
  pickingListPdf: mine(picking),
  partnerStatementPdf: mine(partner, undefined, { query: () => 'from=2026-01-01&to=2026-12-31' }),
  // prices, products
  priceListList: list(),
  priceListGet: ours((_, { priceListId }) => ({ priceListId })),
  priceListCreate: company,
  priceListUpdate: ours(
    (_, { priceListId }) => ({ priceListId }),
    () => ({ name: 'x' }),
  ),
  promotionList: list(),
  promotionGet: ours((_, { promotionId }) => ({ promotionId })),
  promotionCreate: company,
  promotionUpdate: ours(
    (_, { promotionId }) => ({ promotionId }),
    () => ({ name: '促销' }),
  ),
  priceEntryList: ours((_, { priceListId }) => ({ priceListId })),
  priceEntrySave: ours(
    (_, { priceListId }) => ({ priceListId }),
    () => ({ remove: [] }),
  ),
  productList: list(),
  productGet: ours((_, { productId }) => ({ productId })),
  productCreate: company,
  productUpdate: ours(
    (_, { productId }) => ({ productId }),
    () => ({ spec: 'x' }),
  ),
  productCategoryList: list(),
  // partners
  partnerList: list(),
  partnerGet: mine(partner),
  warehousePreferenceList: mine(partner),
  warehousePreferenceSet: mine(partner, () => ({ addressId: null, warehouseId: null })),
  partnerCreate: company,
  partnerUpdate: mine(partner, () => ({ shortName: 'x' })),
  partnerActivate: mine(partner),
  partnerSuspend: mine(partner, reason),
  partnerTerminate: mine(partner, reason),
  partnerContactSave: mine(partner, () => ({ name: '王五', duties: [] })),
  partnerAddressSave: mine(partner, () => ({ label: 'x', detail: 'x', receiver: 'x' })),
  partnerCreditSet: mine(partner, () => ({ limitAmount: '1.00' })),
  agreementCreate: mine(partner, () => ({
    validFrom: '2028-01-01',
    validTo: '2028-12-31',
    paymentTerm: { kind: 'prepaid' },
  })),
  agreementEnd: mine(
    ({ partnerId, agreementId }) => ({ partnerId, agreementId }),
    () => ({ validTo: '2026-06-30', reason: 'x' }),
  ),
  partnerContactErase: mine(({ partnerId, contactId }) => ({ partnerId, contactId })),
  partnerDocumentAdd: mine(partner, ({ partnerAttachmentId }) => ({
    attachmentId: partnerAttachmentId,
    kind: 'other',
  })),
  partnerDocumentRetract: mine(
    ({ partnerId, documentId }) => ({ partnerId, documentId }),
    () => ({}),
  ),
  partnerRangeSet: mine(partner, () => ({ categories: [], productIds: [] })),
  partnerChangePropose: mine(partner, () => ({ fields: { shortName: 'x' } })),
  partnerChangeAccept: mine(
    ({ partnerId, changeId }) => ({ partnerId, changeId }),
    () => ({}),
  ),
  partnerChangeRefuse: mine(({ partnerId, changeId }) => ({ partnerId, changeId }), reason),
  partnerChangeWithdraw: mine(({ partnerId, changeId }) => ({ partnerId, changeId })),
  partnerConfirm: mine(partner, () => ({})),
  partnerMergePreview: mine(partner, undefined, { query: ({ partnerId }) => `into=${partnerId}` }),
  partnerMerge: mine(partner, (_, { b }) => ({ intoId: b.partnerId, reason: 'x' })),
  partnerHistory: mine(partner),
  partnerItemList: mine(partner),
  partnerItemsSave: mine(partner, () => ({ remove: ['x'] })),
  partnerTermList: mine(partner),
  partnerTermSave: mine(partner, () => ({ term: '红头盔', productId: null })),
  // applications: those with a token answer to whoever holds it, which tests of their own try
  applicationSubmit: open,
  applicationCheck: open,
  applicationAmend: open,
  applicationWithdraw: open,
  applicationInvitation: open,
  applicationList: list(),
  applicationGet: ours(application),
  applicationAskBack: ours(application, () => ({ question: 'x' })),
  applicationRefuse: ours(application, reason),
  applicationReopen: ours(application),
  applicationAccept: ours(application, () => ({})),
  // files in and out
  importRun: company,
  importList: list(),
  importCancel: ours((_, { importId }) => ({ importId }), undefined, { by: 'manager' }),
  importContinue: ours((_, { importId }) => ({ importId }), undefined, { by: 'manager' }),
  importGet: ours((_, { importId }) => ({ importId }), undefined, { by: 'manager' }),
  importResultFile: ours((_, { importId }) => ({ importId }), undefined, { by: 'manager' }),
  importTemplate: ours(() => ({ kind: 'products' }), undefined, { always: true }),
  // As text, so that it can be looked through; prices are refused to partners.
  exportList: exportLists.map(({ list: name }) => ({
    owner: 'list',
    ids: () => ({ list: name }),
    query: (_, { priceListId }) => `format=csv${name === 'prices' ? `&priceListId=${priceListId}` : ''}`,
  })),
  // the company
  regionList: open,
  companyGet: list(),
  companyUpdate: company,
  warehouseList: list(),
  warehouseCreate: company,
  warehouseUpdate: ours(
    (_, { warehouseId }) => ({ warehouseId }),
    () => ({ name: 'x' }),
  ),
  carrierList: list(),
  carrierCreate: company,
  carrierUpdate: ours(
    (_, { carrierId }) => ({ carrierId }),
    () => ({ name: 'x' }),
  ),
  bankAccountList: list(),
  bankAccountCreate: company,
  bankAccountUpdate: ours(
    (_, { bankAccountId }) => ({ bankAccountId }),
    () => ({ bankName: 'x' }),
  ),
  taxRateList: list(),
  taxRateCreate: company,
  taxRateUpdate: ours(
    (_, { taxRateId }) => ({ taxRateId }),
    () => ({ name: 'x' }),
  ),
  unitList: list(),
  unitCreate: company,
  unitUpdate: ours(
    (_, { unitId }) => ({ unitId }),
    () => ({ nameEn: 'x' }),
  ),
  policyList: list(),
  policySet: ours(
    () => ({ policyCode: 'order.reply' }),
    () => ({ value: 3, validFrom: '2027-01-01' }),
    { always: true },
  ),
  policyWithdraw: ours((_, { policyEntryId }) => ({ policyCode: 'order.reply', entryId: policyEntryId })),
  calendarGet: ours(() => ({ year: '2026' }), undefined, { always: true }),
  calendarDaySet: ours(
    () => ({ date: '2026-06-01' }),
    () => ({ isWork: true, name: 'x' }),
    { always: true },
  ),
  calendarYearSet: ours(
    () => ({ year: '2027' }),
    () => ({ published: false }),
    { always: true },
  ),
  staffList: list(),
  // inquiries
  inquiryList: list(),
  inquiryGet: mine(inquiry),
  inquiryCreate: asked(({ partnerId }) => ({ partnerId, lines: [{ wanted: '车' }] }), { only: ['sales'] }),
  inquiryPreview: asked(({ partnerId }) => ({ partnerId, text: '头盔 2 个' }), { only: ['sales'] }),
  inquiryPreviewFile: {
    owner: 'partner',
    query: ({ partnerId }) => `partnerId=${partnerId}`,
    file: { type: 'text/csv', bytes: 'product,qty\nhelmet,2\n' },
    only: ['sales'],
  },
  inquiryAskBack: mine(inquiry, () => ({})),
  inquiryAnswer: mine(inquiry, () => ({ lines: [] })),
  inquiryCheck: mine(inquiry),
  inquiryConvert: mine(inquiry),
  inquiryConfirm: mine(inquiry),
  inquiryDecline: mine(inquiry, reason),
  inquiryWithdraw: mine(inquiry),
  inquiryReopen: mine(inquiry),
  // incoming mail
  intakeList: list(),
  intakeGet: ours(mail),
  intakeRelease: ours(mail, ({ partnerId }) => ({ partnerId })),
  intakeDiscard: ours(mail, reason),
  intakeRestore: ours(mail),
  inquiryMails: mine(inquiry),
  intakeSettingsGet: company,
  intakeSettingsSet: company,
  intakeTest: company,
  // orders
  orderList: list(),
  orderGet: mine(order),
  orderCreateMany: asked(
    (side, world) => ({
      mode: 'all_or_nothing',
      orders: [{ partnerId: side.partnerId, lines: lines(side, world) }],
    }),
    { only: ['sales'] },
  ),
  orderCreate: asked((side, world) => ({ partnerId: side.partnerId, lines: lines(side, world) }), { only: ['sales'] }),
  orderUpdate: mine(
    ({ draftId }) => ({ orderId: draftId }),
    () => ({ note: 'x' }),
  ),
  orderTemplateList: list(),
  orderTemplateSave: mine(order, ({ partnerId }) => ({ name: `常用 ${partnerId}`, isShared: false })),
  orderTemplateUpdate: mine(template, () => ({ isShared: true }), { only: ['buyer'] }),
  orderTemplateDelete: mine(template, undefined, { only: ['buyer'] }),
  orderTemplateUse: mine(template, undefined, { only: ['admin', 'buyer'] }),
  orderCutOver: asked(({ partnerId }, { productId }) => ({
    partnerId,
    reference: `旧-${partnerId}`,
    agreedOn: '2026-03-02',
    lines: [{ productId, qty: '2', unitPrice: '100', deliveredQty: '1' }],
  })),
  orderUndoCutOver: mine(order, reason),
  orderCopy: mine(order),
  orderSubmit: mine(
    ({ draftId }) => ({ orderId: draftId }),
    () => ({}),
  ),
  orderAnswerDiscrepancies: mine(order, () => ({ answers: [{ discrepancyId: MISSING, agrees: true }] })),
  orderSettleDiscrepancy: mine(order, () => ({ discrepancyId: MISSING, how: 'take_back' })),
  orderPassTerms: mine(order),
  orderSendBack: mine(order, reason),
  orderPassAvailability: mine(order),
  orderReportShortage: mine(order),
  orderSettleShortage: mine(order, () => ({ lines: [{ lineNo: 1, choice: 'reduce' }] })),
  orderCorrectPromise: mine(order, () => ({ lines: [{ lineNo: 1, reason: 'x' }] })),
  orderAnswerProduction: mine(order, () => ({ lineNo: 1, reason: 'x' })),
  orderSendConfirmation: mine(order),
  orderAccept: mine(openOrder, () => ({ contentHash: 'x' })),
  orderObject: mine(openOrder, () => ({ contentHash: 'x', reasons: [{ reason: 'x' }] })),
  orderRecheckAvailability: mine(order),
  orderRecall: mine(openOrder, reason),
  orderRevise: mine(openOrder, () => ({ answers: [] })),
  orderWithdraw: mine(openOrder, reason),
  orderShortClose: mine(order, () => ({ lineNo: 1, reason: 'x' })),
  orderAcceptService: mine(order, () => ({ lineNos: [1] })),
  orderComplete: mine(order),
  holdPlace: mine(openOrder, reason),
  holdRelease: mine(({ openOrderId, holdId }) => ({ orderId: openOrderId, holdId }), reason),
  quoteCreate: asked((side, world) => ({ partnerId: side.partnerId, lines: lines(side, world) }), { only: ['sales'] }),
  orderCompareInquiry: mine(order),
  orderTimeline: mine(order),
  orderCompareRounds: mine(order, undefined, { query: () => 'left=1' }),
  // work
  taskList: list('all=true'),
  taskReassign: mine(
    ({ taskId }) => ({ taskId }),
    () => ({ userId: null }),
    { only: ['sales'] },
  ),
  noticeList: list(),
  noticeUnreadCount: list(),
  noticeRead: self,
  mailChoiceGet: self,
  mailChoiceSet: self,
  // what leaves the house
  mailServerGet: company,
  mailServerSet: company,
  mailServerTest: company,
  outgoingList: list(),
  outgoingGet: mine(({ outgoingId }) => ({ outgoingId })),
  outgoingSendAgain: mine(({ outgoingId }) => ({ outgoingId })),
  outgoingPark: mine(({ outgoingId }) => ({ outgoingId })),
  webhookList: list(),
  webhookEventTypes: company,
  webhookCreate: company,
  webhookUpdate: mine(
    ({ webhookId }) => ({ webhookId }),
    () => ({ name: 'x' }),
  ),
  webhookRotate: mine(({ webhookId }) => ({ webhookId })),
  linkOpen: open,
  linkCodeSend: open,
  linkAccept: open,
  linkObject: open,
  statusLinkList: mine(order),
  statusLinkCreate: mine(order, () => ({})),
  statusLinkRevoke: mine(({ orderId, statusLinkId }) => ({ orderId, linkId: statusLinkId })),
  webhookTest: mine(({ webhookId }) => ({ webhookId })),
  messageList: onDocuments(),
  messagePost: onDocuments(() => ({ body: 'x' })),
  messageRetract: mine(({ messageId }) => ({ messageId }), undefined, { only: ['buyer'] }),
  attachmentUpload: onDocuments(undefined, { file: CSV, query: () => 'fileName=x.csv' }),
  attachmentList: onDocuments(),
  attachmentRetract: mine(({ spareAttachmentId }) => ({ attachmentId: spareAttachmentId }), undefined, {
    only: ['buyer'],
  }),
  attachmentGet: mine(({ attachmentId }) => ({ attachmentId })),
  search: ['车行', 'PO-', 'OD-', 'SF-', '甲方', '乙方'].map((q) => list(`q=${encodeURIComponent(q)}`)),
  dashboardGet: list(),
  partnerFigures: mine(partner),
  // stock
  stockList: list(),
  stockReceive: company,
  stockAdjust: company,
  stockMinimumSet: company,
  stockMovesList: list(),
  stockMoveReverse: ours((_, { moveId }) => ({ moveId }), reason),
  suppliesList: list(),
  supplyGet: ours((_, { supplyId }) => ({ supplyId })),
  supplyCreate: company,
  supplyUpdate: ours(
    (_, { supplyId }) => ({ supplyId }),
    () => ({ expectedOn: '2026-04-02', cause: 'x' }),
  ),
  supplyReceive: ours(
    (_, { supplyId }) => ({ supplyId }),
    () => ({ qty: '1' }),
  ),
  supplyCancel: ours((_, { supplyId }) => ({ supplyId }), reason),
  availabilityGet: { owner: 'list', query: (_, { productId }) => `productId=${productId}` },
  // execution
  pickingsList: list(),
  pickingGet: mine(picking),
  pickingCreate: asked(({ orderId }) => ({ orderId })),
  pickingStart: mine(picking),
  pickingFinish: mine(picking, () => ({})),
  pickingPutBack: mine(picking, reason),
  pickingCancel: mine(picking, reason),
  dispatchGet: mine(order),
  shipmentCreate: asked(({ orderId }, { warehouseId }) => ({
    orderId,
    warehouseId,
    shippedAt: '2026-03-10T02:00:00Z',
  })),
  shipmentsList: list(),
  shipmentGet: mine(shipment),
  shipmentTrack: mine(shipment, () => ({ at: '2026-03-10T02:00:00Z', note: 'x' })),
  shipmentDeliver: mine(shipment, () => ({ at: '2026-03-10T02:00:00Z', receivedBy: 'x' })),
  shipmentUndeliver: mine(shipment, reason),
  shipmentSettleDifference: mine(shipment, reason),
  shipmentReverse: mine(shipment, reason),
};

// Generated from src/contract by scripts/gen-web-client.ts. Do not edit.
import type * as applications from '../../contract/applications.ts';
import type * as catalog from '../../contract/catalog.ts';
import type * as companyLists from '../../contract/company-lists.ts';
import type * as company from '../../contract/company.ts';
import type * as cutOver from '../../contract/cut-over.ts';
import type * as documents from '../../contract/documents.ts';
import type * as figures from '../../contract/figures.ts';
import type * as imports from '../../contract/imports.ts';
import type * as inquiries from '../../contract/inquiries.ts';
import type * as intake from '../../contract/intake.ts';
import type * as invoices from '../../contract/invoices.ts';
import type * as links from '../../contract/links.ts';
import type * as orderReads from '../../contract/order-reads.ts';
import type * as orderTemplates from '../../contract/order-templates.ts';
import type * as ordersBulk from '../../contract/orders-bulk.ts';
import type * as orders from '../../contract/orders.ts';
import type * as outgoing from '../../contract/outgoing.ts';
import type * as partnerReviews from '../../contract/partner-reviews.ts';
import type * as partnerTerms from '../../contract/partner-terms.ts';
import type * as partners from '../../contract/partners.ts';
import type * as payments from '../../contract/payments.ts';
import type * as pickings from '../../contract/pickings.ts';
import type * as prices from '../../contract/prices.ts';
import type * as promotions from '../../contract/promotions.ts';
import type * as quotes from '../../contract/quotes.ts';
import type * as session from '../../contract/session.ts';
import type * as shipments from '../../contract/shipments.ts';
import type * as stock from '../../contract/stock.ts';
import type * as users from '../../contract/users.ts';
import type * as webhooks from '../../contract/webhooks.ts';
import type * as work from '../../contract/work.ts';

export const routes = {
  applicationAccept: { method: 'POST', path: '/api/v1/applications/:applicationId/accept', can: 'application.review', idempotent: true, versioned: true },
  applicationAmend: { method: 'POST', path: '/api/v1/applications/amend', can: 'public', idempotent: true },
  applicationAskBack: { method: 'POST', path: '/api/v1/applications/:applicationId/ask-back', can: 'application.review', idempotent: true, versioned: true },
  applicationCheck: { method: 'POST', path: '/api/v1/applications/check', can: 'public' },
  applicationGet: { method: 'GET', path: '/api/v1/applications/:applicationId', can: 'application.read' },
  applicationInvitation: { method: 'POST', path: '/api/v1/applications/invitation', can: 'public', idempotent: true },
  applicationList: { method: 'GET', path: '/api/v1/applications', can: 'application.read' },
  applicationRefuse: { method: 'POST', path: '/api/v1/applications/:applicationId/refuse', can: 'application.review', idempotent: true, versioned: true },
  applicationReopen: { method: 'POST', path: '/api/v1/applications/:applicationId/reopen', can: 'application.review', idempotent: true, versioned: true },
  applicationSubmit: { method: 'POST', path: '/api/v1/applications', can: 'public', idempotent: true },
  applicationWithdraw: { method: 'POST', path: '/api/v1/applications/withdraw', can: 'public', idempotent: true },
  productCategoryList: { method: 'GET', path: '/api/v1/product-categories', can: 'product.read' },
  productCreate: { method: 'POST', path: '/api/v1/products', can: 'product.write', idempotent: true },
  productGet: { method: 'GET', path: '/api/v1/products/:productId', can: 'product.read' },
  productList: { method: 'GET', path: '/api/v1/products', can: 'product.read' },
  productUpdate: { method: 'PATCH', path: '/api/v1/products/:productId', can: 'product.write', idempotent: true, versioned: true },
  bankAccountCreate: { method: 'POST', path: '/api/v1/bank-accounts', can: 'company.manage', idempotent: true },
  bankAccountList: { method: 'GET', path: '/api/v1/bank-accounts', can: 'company.read' },
  bankAccountUpdate: { method: 'PATCH', path: '/api/v1/bank-accounts/:bankAccountId', can: 'company.manage', idempotent: true, versioned: true },
  carrierCreate: { method: 'POST', path: '/api/v1/carriers', can: 'company.manage', idempotent: true },
  carrierList: { method: 'GET', path: '/api/v1/carriers', can: 'staff.read' },
  carrierUpdate: { method: 'PATCH', path: '/api/v1/carriers/:carrierId', can: 'company.manage', idempotent: true, versioned: true },
  taxRateCreate: { method: 'POST', path: '/api/v1/tax-rates', can: 'company.manage', idempotent: true },
  taxRateList: { method: 'GET', path: '/api/v1/tax-rates', can: 'staff.read' },
  taxRateUpdate: { method: 'PATCH', path: '/api/v1/tax-rates/:taxRateId', can: 'company.manage', idempotent: true, versioned: true },
  unitCreate: { method: 'POST', path: '/api/v1/units', can: 'company.manage', idempotent: true },
  unitList: { method: 'GET', path: '/api/v1/units', can: 'company.read' },
  unitUpdate: { method: 'PATCH', path: '/api/v1/units/:unitId', can: 'company.manage', idempotent: true, versioned: true },
  calendarDaySet: { method: 'PUT', path: '/api/v1/calendar/days/:date', can: 'company.manage', idempotent: true },
  calendarGet: { method: 'GET', path: '/api/v1/calendar/:year', can: 'company.read' },
  calendarYearSet: { method: 'PUT', path: '/api/v1/calendar/:year', can: 'company.manage', idempotent: true },
  companyGet: { method: 'GET', path: '/api/v1/company', can: 'company.read' },
  companyUpdate: { method: 'PATCH', path: '/api/v1/company', can: 'company.manage', idempotent: true, versioned: true },
  policyList: { method: 'GET', path: '/api/v1/policies', can: 'policy.read' },
  policySet: { method: 'POST', path: '/api/v1/policies/:policyCode', can: 'policy.manage', idempotent: true },
  policyWithdraw: { method: 'POST', path: '/api/v1/policies/:policyCode/entries/:entryId/withdraw', can: 'policy.manage', idempotent: true },
  regionList: { method: 'GET', path: '/api/v1/regions', can: 'public' },
  staffList: { method: 'GET', path: '/api/v1/staff', can: 'staff.read' },
  warehouseCreate: { method: 'POST', path: '/api/v1/warehouses', can: 'company.manage', idempotent: true },
  warehouseList: { method: 'GET', path: '/api/v1/warehouses', can: 'staff.read' },
  warehouseUpdate: { method: 'PATCH', path: '/api/v1/warehouses/:warehouseId', can: 'company.manage', idempotent: true, versioned: true },
  orderCutOver: { method: 'POST', path: '/api/v1/cut-over-orders', can: 'cutover.run', idempotent: true },
  orderUndoCutOver: { method: 'POST', path: '/api/v1/orders/:orderId/undo-cut-over', can: 'cutover.run', idempotent: true, versioned: true },
  orderConfirmationPdf: { method: 'GET', path: '/api/v1/orders/:orderId/confirmation.pdf', can: 'order.read' },
  partnerStatementPdf: { method: 'GET', path: '/api/v1/partners/:partnerId/statement.pdf', can: 'payment.read' },
  pickingListPdf: { method: 'GET', path: '/api/v1/pickings/:pickingId/list.pdf', can: 'stock.read' },
  shippingNotePdf: { method: 'GET', path: '/api/v1/shipments/:shipmentId/note.pdf', can: 'shipment.read' },
  partnerFigures: { method: 'GET', path: '/api/v1/partners/:partnerId/figures', can: 'order.read' },
  exportList: { method: 'GET', path: '/api/v1/exports/:list', can: 'session.use' },
  importCancel: { method: 'POST', path: '/api/v1/imports/:importId/cancel', can: 'import.run' },
  importContinue: { method: 'POST', path: '/api/v1/imports/:importId/continue', can: 'import.run' },
  importGet: { method: 'GET', path: '/api/v1/imports/:importId', can: 'import.run' },
  importList: { method: 'GET', path: '/api/v1/imports', can: 'import.run' },
  importResultFile: { method: 'GET', path: '/api/v1/imports/:importId/file', can: 'import.run' },
  importRun: { method: 'POST', path: '/api/v1/imports', can: 'import.run', consumes: true },
  importTemplate: { method: 'GET', path: '/api/v1/import-templates/:kind', can: 'import.run' },
  inquiryAnswer: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/answer', can: 'inquiry.answer', idempotent: true, versioned: true },
  inquiryAskBack: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/ask-back', can: 'inquiry.handle', idempotent: true, versioned: true },
  inquiryCheck: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/check', can: 'inquiry.handle', idempotent: true, versioned: true },
  inquiryConfirm: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/confirm', can: 'inquiry.answer', idempotent: true, versioned: true },
  inquiryConvert: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/convert', can: 'inquiry.handle', idempotent: true, versioned: true },
  inquiryCreate: { method: 'POST', path: '/api/v1/inquiries', can: 'inquiry.create', idempotent: true },
  inquiryDecline: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/decline', can: 'inquiry.handle', idempotent: true, versioned: true },
  inquiryGet: { method: 'GET', path: '/api/v1/inquiries/:inquiryId', can: 'inquiry.read' },
  inquiryList: { method: 'GET', path: '/api/v1/inquiries', can: 'inquiry.read' },
  inquiryPreview: { method: 'POST', path: '/api/v1/inquiries/preview', can: 'inquiry.create' },
  inquiryPreviewFile: { method: 'POST', path: '/api/v1/inquiries/preview-file', can: 'inquiry.create', consumes: true },
  inquiryReopen: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/reopen', can: 'inquiry.withdraw', idempotent: true, versioned: true },
  inquiryWithdraw: { method: 'POST', path: '/api/v1/inquiries/:inquiryId/withdraw', can: 'inquiry.withdraw', idempotent: true, versioned: true },
  inquiryMails: { method: 'GET', path: '/api/v1/inquiries/:inquiryId/mails', can: 'inquiry.read' },
  intakeDiscard: { method: 'POST', path: '/api/v1/intake/messages/:messageId/discard', can: 'intake.decide', idempotent: true, versioned: true },
  intakeGet: { method: 'GET', path: '/api/v1/intake/messages/:messageId', can: 'intake.read' },
  intakeList: { method: 'GET', path: '/api/v1/intake/messages', can: 'intake.read' },
  intakeRelease: { method: 'POST', path: '/api/v1/intake/messages/:messageId/release', can: 'intake.decide', idempotent: true, versioned: true },
  intakeRestore: { method: 'POST', path: '/api/v1/intake/messages/:messageId/restore', can: 'intake.decide', idempotent: true, versioned: true },
  intakeSettingsGet: { method: 'GET', path: '/api/v1/intake/settings', can: 'intake.manage' },
  intakeSettingsSet: { method: 'PUT', path: '/api/v1/intake/settings', can: 'intake.manage', idempotent: true, versioned: true },
  intakeTest: { method: 'POST', path: '/api/v1/intake/settings/test', can: 'intake.manage' },
  invoiceGet: { method: 'GET', path: '/api/v1/invoices/:invoiceId', can: 'invoice.read' },
  invoiceIssue: { method: 'POST', path: '/api/v1/invoices', can: 'invoice.issue', idempotent: true },
  invoiceReceive: { method: 'POST', path: '/api/v1/invoices/:invoiceId/receive', can: 'invoice.receive', idempotent: true, versioned: true },
  invoiceReverse: { method: 'POST', path: '/api/v1/invoices/:invoiceId/reverse', can: 'invoice.issue', idempotent: true, versioned: true },
  invoiceSend: { method: 'POST', path: '/api/v1/invoices/:invoiceId/send', can: 'invoice.issue', idempotent: true, versioned: true },
  invoiceSetTaxNo: { method: 'POST', path: '/api/v1/invoices/:invoiceId/set-tax-no', can: 'invoice.issue', idempotent: true, versioned: true },
  invoiceUnreceive: { method: 'POST', path: '/api/v1/invoices/:invoiceId/unreceive', can: 'invoice.receive', idempotent: true, versioned: true },
  invoiceableGet: { method: 'GET', path: '/api/v1/orders/:orderId/invoiceable', can: 'invoice.issue' },
  invoicesList: { method: 'GET', path: '/api/v1/invoices', can: 'invoice.read' },
  linkAccept: { method: 'POST', path: '/api/v1/links/accept', can: 'public' },
  linkCodeSend: { method: 'POST', path: '/api/v1/links/code', can: 'public' },
  linkObject: { method: 'POST', path: '/api/v1/links/object', can: 'public' },
  linkOpen: { method: 'POST', path: '/api/v1/links/open', can: 'public' },
  statusLinkCreate: { method: 'POST', path: '/api/v1/orders/:orderId/status-links', can: 'order.share', idempotent: true },
  statusLinkList: { method: 'GET', path: '/api/v1/orders/:orderId/status-links', can: 'order.share' },
  statusLinkRevoke: { method: 'POST', path: '/api/v1/orders/:orderId/status-links/:linkId/revoke', can: 'order.share', idempotent: true },
  orderCompareInquiry: { method: 'GET', path: '/api/v1/orders/:orderId/inquiry-comparison', can: 'order.read' },
  orderCompareRounds: { method: 'GET', path: '/api/v1/orders/:orderId/round-comparison', can: 'order.read' },
  orderTimeline: { method: 'GET', path: '/api/v1/orders/:orderId/timeline', can: 'order.read' },
  orderTemplateDelete: { method: 'POST', path: '/api/v1/order-templates/:templateId/delete', can: 'order.create', idempotent: true, versioned: true },
  orderTemplateList: { method: 'GET', path: '/api/v1/order-templates', can: 'order.create' },
  orderTemplateSave: { method: 'POST', path: '/api/v1/orders/:orderId/save-as-template', can: 'order.create', idempotent: true },
  orderTemplateUpdate: { method: 'PATCH', path: '/api/v1/order-templates/:templateId', can: 'order.create', idempotent: true, versioned: true },
  orderTemplateUse: { method: 'POST', path: '/api/v1/order-templates/:templateId/use', can: 'order.create', idempotent: true },
  orderCreateMany: { method: 'POST', path: '/api/v1/orders/bulk', can: 'order.create', idempotent: true },
  holdPlace: { method: 'POST', path: '/api/v1/orders/:orderId/hold', can: 'hold.place', idempotent: true, versioned: true },
  holdRelease: { method: 'POST', path: '/api/v1/orders/:orderId/holds/:holdId/release', can: 'hold.release', idempotent: true, versioned: true },
  orderAccept: { method: 'POST', path: '/api/v1/orders/:orderId/accept', can: 'order.accept', idempotent: true, versioned: true },
  orderAcceptService: { method: 'POST', path: '/api/v1/orders/:orderId/accept-service', can: 'order.accept_service', idempotent: true, versioned: true },
  orderAnswerDiscrepancies: { method: 'POST', path: '/api/v1/orders/:orderId/answer-discrepancies', can: 'order.answer_discrepancy', idempotent: true, versioned: true },
  orderAnswerProduction: { method: 'POST', path: '/api/v1/orders/:orderId/answer-production', can: 'order.answer_production', idempotent: true, versioned: true },
  orderComplete: { method: 'POST', path: '/api/v1/orders/:orderId/complete', can: 'order.complete', idempotent: true, versioned: true },
  orderCopy: { method: 'POST', path: '/api/v1/orders/:orderId/copy', can: 'order.create', idempotent: true },
  orderCorrectPromise: { method: 'POST', path: '/api/v1/orders/:orderId/correct-promise', can: 'order.correct_promise', idempotent: true, versioned: true },
  orderCreate: { method: 'POST', path: '/api/v1/orders', can: 'order.create', idempotent: true },
  orderGet: { method: 'GET', path: '/api/v1/orders/:orderId', can: 'order.read' },
  orderList: { method: 'GET', path: '/api/v1/orders', can: 'order.read' },
  orderObject: { method: 'POST', path: '/api/v1/orders/:orderId/object', can: 'order.object', idempotent: true, versioned: true },
  orderPassAvailability: { method: 'POST', path: '/api/v1/orders/:orderId/pass-availability', can: 'order.pass_availability', idempotent: true, versioned: true },
  orderPassTerms: { method: 'POST', path: '/api/v1/orders/:orderId/pass-terms', can: 'order.pass_terms', idempotent: true, versioned: true },
  orderRecall: { method: 'POST', path: '/api/v1/orders/:orderId/recall', can: 'order.recall', idempotent: true, versioned: true },
  orderRecheckAvailability: { method: 'POST', path: '/api/v1/orders/:orderId/recheck-availability', can: 'order.recheck_availability', idempotent: true, versioned: true },
  orderReportShortage: { method: 'POST', path: '/api/v1/orders/:orderId/report-shortage', can: 'order.report_shortage', idempotent: true, versioned: true },
  orderRevise: { method: 'POST', path: '/api/v1/orders/:orderId/revise', can: 'order.revise', idempotent: true, versioned: true },
  orderSendBack: { method: 'POST', path: '/api/v1/orders/:orderId/send-back', can: 'order.send_back', idempotent: true, versioned: true },
  orderSendConfirmation: { method: 'POST', path: '/api/v1/orders/:orderId/send-confirmation', can: 'order.send_confirmation', idempotent: true, versioned: true },
  orderSettleDiscrepancy: { method: 'POST', path: '/api/v1/orders/:orderId/settle-discrepancy', can: 'order.settle_discrepancy', idempotent: true, versioned: true },
  orderSettleShortage: { method: 'POST', path: '/api/v1/orders/:orderId/settle-shortage', can: 'order.settle_shortage', idempotent: true, versioned: true },
  orderShortClose: { method: 'POST', path: '/api/v1/orders/:orderId/short-close', can: 'order.short_close', idempotent: true, versioned: true },
  orderSubmit: { method: 'POST', path: '/api/v1/orders/:orderId/submit', can: 'order.submit', idempotent: true, versioned: true },
  orderUpdate: { method: 'PATCH', path: '/api/v1/orders/:orderId', can: 'order.create', idempotent: true, versioned: true },
  orderWithdraw: { method: 'POST', path: '/api/v1/orders/:orderId/withdraw', can: 'order.withdraw', idempotent: true, versioned: true },
  mailChoiceGet: { method: 'GET', path: '/api/v1/session/mail-choice', can: 'session.use' },
  mailChoiceSet: { method: 'PUT', path: '/api/v1/session/mail-choice', can: 'session.use', idempotent: true },
  mailServerGet: { method: 'GET', path: '/api/v1/mail-server', can: 'mail.manage' },
  mailServerSet: { method: 'PUT', path: '/api/v1/mail-server', can: 'mail.manage', idempotent: true, versioned: true },
  mailServerTest: { method: 'POST', path: '/api/v1/mail-server/test', can: 'mail.manage', idempotent: true },
  outgoingGet: { method: 'GET', path: '/api/v1/outgoing/:outgoingId', can: 'outgoing.read' },
  outgoingList: { method: 'GET', path: '/api/v1/outgoing', can: 'outgoing.read' },
  outgoingPark: { method: 'POST', path: '/api/v1/outgoing/:outgoingId/park', can: 'outgoing.manage', idempotent: true, versioned: true },
  outgoingSendAgain: { method: 'POST', path: '/api/v1/outgoing/:outgoingId/send-again', can: 'outgoing.manage', idempotent: true, versioned: true },
  partnerChangeAccept: { method: 'POST', path: '/api/v1/partners/:partnerId/changes/:changeId/accept', can: 'partner.review_change', idempotent: true, versioned: true },
  partnerChangePropose: { method: 'POST', path: '/api/v1/partners/:partnerId/changes', can: 'partner.propose', idempotent: true, versioned: true },
  partnerChangeRefuse: { method: 'POST', path: '/api/v1/partners/:partnerId/changes/:changeId/refuse', can: 'partner.review_change', idempotent: true, versioned: true },
  partnerChangeWithdraw: { method: 'POST', path: '/api/v1/partners/:partnerId/changes/:changeId/withdraw', can: 'partner.propose', idempotent: true, versioned: true },
  partnerConfirm: { method: 'POST', path: '/api/v1/partners/:partnerId/confirm', can: 'partner.confirm', idempotent: true, versioned: true },
  partnerContactErase: { method: 'POST', path: '/api/v1/partners/:partnerId/contacts/:contactId/erase', can: 'partner.write', idempotent: true, versioned: true },
  partnerDocumentAdd: { method: 'POST', path: '/api/v1/partners/:partnerId/documents', can: 'partner.documents', idempotent: true, versioned: true },
  partnerDocumentRetract: { method: 'POST', path: '/api/v1/partners/:partnerId/documents/:documentId/retract', can: 'partner.documents', idempotent: true, versioned: true },
  partnerMerge: { method: 'POST', path: '/api/v1/partners/:partnerId/merge', can: 'partner.merge', idempotent: true, versioned: true },
  partnerMergePreview: { method: 'GET', path: '/api/v1/partners/:partnerId/merge-preview', can: 'partner.merge' },
  partnerRangeSet: { method: 'POST', path: '/api/v1/partners/:partnerId/range', can: 'partner.write', idempotent: true, versioned: true },
  partnerTermList: { method: 'GET', path: '/api/v1/partners/:partnerId/terms', can: 'inquiry.handle' },
  partnerTermSave: { method: 'POST', path: '/api/v1/partners/:partnerId/terms', can: 'inquiry.handle', idempotent: true, versioned: true },
  agreementCreate: { method: 'POST', path: '/api/v1/partners/:partnerId/agreements', can: 'partner.write', idempotent: true, versioned: true },
  agreementEnd: { method: 'POST', path: '/api/v1/partners/:partnerId/agreements/:agreementId/end', can: 'partner.write', idempotent: true, versioned: true },
  partnerActivate: { method: 'POST', path: '/api/v1/partners/:partnerId/activate', can: 'partner.write', idempotent: true, versioned: true },
  partnerAddressSave: { method: 'POST', path: '/api/v1/partners/:partnerId/addresses', can: 'partner.maintain', idempotent: true, versioned: true },
  partnerContactSave: { method: 'POST', path: '/api/v1/partners/:partnerId/contacts', can: 'partner.write', idempotent: true, versioned: true },
  partnerCreate: { method: 'POST', path: '/api/v1/partners', can: 'partner.write', idempotent: true },
  partnerCreditSet: { method: 'POST', path: '/api/v1/partners/:partnerId/credit', can: 'partner.credit', idempotent: true, versioned: true },
  partnerGet: { method: 'GET', path: '/api/v1/partners/:partnerId', can: 'partner.read' },
  partnerHistory: { method: 'GET', path: '/api/v1/partners/:partnerId/history', can: 'partner.read' },
  partnerItemList: { method: 'GET', path: '/api/v1/partners/:partnerId/items', can: 'partner.read' },
  partnerItemsSave: { method: 'POST', path: '/api/v1/partners/:partnerId/items', can: 'partner.maintain', idempotent: true, versioned: true },
  partnerList: { method: 'GET', path: '/api/v1/partners', can: 'partner.read' },
  partnerSuspend: { method: 'POST', path: '/api/v1/partners/:partnerId/suspend', can: 'partner.write', idempotent: true, versioned: true },
  partnerTerminate: { method: 'POST', path: '/api/v1/partners/:partnerId/terminate', can: 'partner.credit', idempotent: true, versioned: true },
  partnerUpdate: { method: 'PATCH', path: '/api/v1/partners/:partnerId', can: 'partner.write', idempotent: true, versioned: true },
  dueItems: { method: 'GET', path: '/api/v1/due-items', can: 'payment.read' },
  openItems: { method: 'GET', path: '/api/v1/open-items', can: 'payment.read' },
  openingBalanceList: { method: 'GET', path: '/api/v1/opening-balances', can: 'cutover.run' },
  openingBalancePost: { method: 'POST', path: '/api/v1/opening-balances', can: 'cutover.run', idempotent: true },
  openingBalanceReverse: { method: 'POST', path: '/api/v1/opening-balances/:openingBalanceId/reverse', can: 'cutover.run', idempotent: true, versioned: true },
  partnerLedger: { method: 'GET', path: '/api/v1/partners/:partnerId/ledger', can: 'payment.read' },
  partnerProposals: { method: 'GET', path: '/api/v1/partners/:partnerId/open-orders', can: 'payment.record' },
  paymentAllocate: { method: 'POST', path: '/api/v1/payments/:paymentId/allocate', can: 'payment.record', idempotent: true, versioned: true },
  paymentConfirm: { method: 'POST', path: '/api/v1/payments/:paymentId/confirm', can: 'payment.record', idempotent: true, versioned: true },
  paymentGet: { method: 'GET', path: '/api/v1/payments/:paymentId', can: 'payment.read' },
  paymentProposals: { method: 'GET', path: '/api/v1/payments/:paymentId/proposals', can: 'payment.record' },
  paymentRecord: { method: 'POST', path: '/api/v1/payments', can: 'payment.record', idempotent: true },
  paymentReverse: { method: 'POST', path: '/api/v1/payments/:paymentId/reverse', can: 'payment.reverse', idempotent: true, versioned: true },
  paymentUnallocate: { method: 'POST', path: '/api/v1/payments/:paymentId/allocations/:allocationId/reverse', can: 'payment.reverse', idempotent: true, versioned: true },
  paymentsList: { method: 'GET', path: '/api/v1/payments', can: 'payment.read' },
  pickingCancel: { method: 'POST', path: '/api/v1/pickings/:pickingId/cancel', can: 'pick.work', idempotent: true, versioned: true },
  pickingCreate: { method: 'POST', path: '/api/v1/pickings', can: 'shipment.plan', idempotent: true },
  pickingFinish: { method: 'POST', path: '/api/v1/pickings/:pickingId/finish', can: 'pick.work', idempotent: true, versioned: true },
  pickingGet: { method: 'GET', path: '/api/v1/pickings/:pickingId', can: 'stock.read' },
  pickingPutBack: { method: 'POST', path: '/api/v1/pickings/:pickingId/put-back', can: 'pick.work', idempotent: true, versioned: true },
  pickingStart: { method: 'POST', path: '/api/v1/pickings/:pickingId/start', can: 'pick.work', idempotent: true, versioned: true },
  pickingsList: { method: 'GET', path: '/api/v1/pickings', can: 'stock.read' },
  priceEntryList: { method: 'GET', path: '/api/v1/price-lists/:priceListId/entries', can: 'price.read' },
  priceEntrySave: { method: 'POST', path: '/api/v1/price-lists/:priceListId/entries', can: 'price.write', idempotent: true, versioned: true },
  priceListCreate: { method: 'POST', path: '/api/v1/price-lists', can: 'price.write', idempotent: true },
  priceListGet: { method: 'GET', path: '/api/v1/price-lists/:priceListId', can: 'price.read' },
  priceListList: { method: 'GET', path: '/api/v1/price-lists', can: 'price.read' },
  priceListUpdate: { method: 'PATCH', path: '/api/v1/price-lists/:priceListId', can: 'price.write', idempotent: true, versioned: true },
  promotionCreate: { method: 'POST', path: '/api/v1/promotions', can: 'price.write', idempotent: true },
  promotionGet: { method: 'GET', path: '/api/v1/promotions/:promotionId', can: 'price.read' },
  promotionList: { method: 'GET', path: '/api/v1/promotions', can: 'price.read' },
  promotionUpdate: { method: 'PATCH', path: '/api/v1/promotions/:promotionId', can: 'price.write', idempotent: true, versioned: true },
  quoteCreate: { method: 'POST', path: '/api/v1/quotes', can: 'quote.make' },
  passwordChange: { method: 'POST', path: '/api/v1/session/password', can: 'session.use' },
  passwordReset: { method: 'POST', path: '/api/v1/password-reset', can: 'public' },
  passwordResetCheck: { method: 'POST', path: '/api/v1/password-reset/check', can: 'public' },
  sessionDemoIdentities: { method: 'GET', path: '/api/v1/session/demo', can: 'public' },
  sessionDemoSignIn: { method: 'POST', path: '/api/v1/session/demo', can: 'public' },
  sessionGet: { method: 'GET', path: '/api/v1/session', can: 'session.use' },
  sessionRevoke: { method: 'DELETE', path: '/api/v1/sessions/:sessionId', can: 'session.use' },
  sessionSignIn: { method: 'POST', path: '/api/v1/session', can: 'public' },
  sessionSignOut: { method: 'DELETE', path: '/api/v1/session', can: 'session.use' },
  sessionSignOutEverywhere: { method: 'POST', path: '/api/v1/session/sign-out-everywhere', can: 'session.use' },
  sessionsList: { method: 'GET', path: '/api/v1/sessions', can: 'session.use' },
  setupCreate: { method: 'POST', path: '/api/v1/setup', can: 'public' },
  setupGet: { method: 'GET', path: '/api/v1/setup', can: 'public' },
  userUpdateSelf: { method: 'PATCH', path: '/api/v1/session/profile', can: 'session.use' },
  dispatchGet: { method: 'GET', path: '/api/v1/orders/:orderId/dispatch', can: 'stock.read' },
  shipmentCreate: { method: 'POST', path: '/api/v1/shipments', can: 'shipment.dispatch', idempotent: true },
  shipmentDeliver: { method: 'POST', path: '/api/v1/shipments/:shipmentId/deliver', can: 'shipment.deliver', idempotent: true, versioned: true },
  shipmentGet: { method: 'GET', path: '/api/v1/shipments/:shipmentId', can: 'shipment.read' },
  shipmentReverse: { method: 'POST', path: '/api/v1/shipments/:shipmentId/reverse', can: 'shipment.reverse', idempotent: true, versioned: true },
  shipmentSettleDifference: { method: 'POST', path: '/api/v1/shipments/:shipmentId/settle-difference', can: 'shipment.reverse', idempotent: true, versioned: true },
  shipmentTrack: { method: 'POST', path: '/api/v1/shipments/:shipmentId/track', can: 'shipment.track', idempotent: true },
  shipmentUndeliver: { method: 'POST', path: '/api/v1/shipments/:shipmentId/undeliver', can: 'shipment.reverse', idempotent: true, versioned: true },
  shipmentsList: { method: 'GET', path: '/api/v1/shipments', can: 'shipment.read' },
  availabilityGet: { method: 'GET', path: '/api/v1/availability', can: 'product.read' },
  stockAdjust: { method: 'POST', path: '/api/v1/stock/adjustments', can: 'stock.adjust', idempotent: true },
  stockList: { method: 'GET', path: '/api/v1/stock', can: 'stock.read' },
  stockMinimumSet: { method: 'PUT', path: '/api/v1/stock/minimum', can: 'stock.plan', idempotent: true },
  stockMoveReverse: { method: 'POST', path: '/api/v1/stock/moves/:moveId/reverse', can: 'stock.adjust', idempotent: true },
  stockMovesList: { method: 'GET', path: '/api/v1/stock/moves', can: 'stock.read' },
  stockReceive: { method: 'POST', path: '/api/v1/stock/receipts', can: 'stock.receive', idempotent: true },
  suppliesList: { method: 'GET', path: '/api/v1/supplies', can: 'stock.read' },
  supplyCancel: { method: 'POST', path: '/api/v1/supplies/:supplyId/cancel', can: 'stock.plan', idempotent: true, versioned: true },
  supplyCreate: { method: 'POST', path: '/api/v1/supplies', can: 'stock.plan', idempotent: true },
  supplyGet: { method: 'GET', path: '/api/v1/supplies/:supplyId', can: 'stock.read' },
  supplyReceive: { method: 'POST', path: '/api/v1/supplies/:supplyId/receive', can: 'stock.receive', idempotent: true, versioned: true },
  supplyUpdate: { method: 'POST', path: '/api/v1/supplies/:supplyId/reschedule', can: 'stock.plan', idempotent: true, versioned: true },
  warehousePreferenceList: { method: 'GET', path: '/api/v1/partners/:partnerId/warehouse-preferences', can: 'stock.read' },
  warehousePreferenceSet: { method: 'PUT', path: '/api/v1/partners/:partnerId/warehouse-preferences', can: 'partner.write', idempotent: true },
  accessLogList: { method: 'GET', path: '/api/v1/access-log', can: 'access_log.read' },
  delegationCreate: { method: 'POST', path: '/api/v1/delegations', can: 'delegation.use', idempotent: true },
  delegationEnd: { method: 'POST', path: '/api/v1/delegations/:delegationId/end', can: 'delegation.use', idempotent: true },
  delegationsList: { method: 'GET', path: '/api/v1/delegations', can: 'delegation.use' },
  keyCreate: { method: 'POST', path: '/api/v1/keys', can: 'key.manage', idempotent: true },
  keyRevoke: { method: 'POST', path: '/api/v1/keys/:keyId/revoke', can: 'key.manage', idempotent: true },
  keysList: { method: 'GET', path: '/api/v1/keys', can: 'key.manage' },
  userGet: { method: 'GET', path: '/api/v1/users/:userId', can: 'user.read' },
  userInvite: { method: 'POST', path: '/api/v1/users', can: 'user.manage', idempotent: true },
  userPartnersList: { method: 'GET', path: '/api/v1/users/partners', can: 'user.manage' },
  userResetLink: { method: 'POST', path: '/api/v1/users/:userId/reset-link', can: 'user.manage', idempotent: true },
  userUpdate: { method: 'PATCH', path: '/api/v1/users/:userId', can: 'user.manage', idempotent: true, versioned: true },
  usersList: { method: 'GET', path: '/api/v1/users', can: 'user.read' },
  webhookCreate: { method: 'POST', path: '/api/v1/webhooks', can: 'webhook.manage', idempotent: true },
  webhookEventTypes: { method: 'GET', path: '/api/v1/webhooks/event-types', can: 'webhook.read' },
  webhookList: { method: 'GET', path: '/api/v1/webhooks', can: 'webhook.read' },
  webhookRotate: { method: 'POST', path: '/api/v1/webhooks/:webhookId/rotate-secret', can: 'webhook.manage', idempotent: true, versioned: true },
  webhookTest: { method: 'POST', path: '/api/v1/webhooks/:webhookId/test', can: 'webhook.manage', idempotent: true },
  webhookUpdate: { method: 'PATCH', path: '/api/v1/webhooks/:webhookId', can: 'webhook.manage', idempotent: true, versioned: true },
  attachmentGet: { method: 'GET', path: '/api/v1/attachments/:attachmentId', can: 'order.message' },
  attachmentList: { method: 'GET', path: '/api/v1/documents/:documentType/:documentId/attachments', can: 'order.message' },
  attachmentRetract: { method: 'POST', path: '/api/v1/attachments/:attachmentId/retract', can: 'order.message', idempotent: true },
  attachmentUpload: { method: 'POST', path: '/api/v1/documents/:documentType/:documentId/attachments', can: 'order.message', idempotent: true, consumes: true },
  dashboardGet: { method: 'GET', path: '/api/v1/dashboard', can: 'task.read' },
  messageList: { method: 'GET', path: '/api/v1/documents/:documentType/:documentId/messages', can: 'order.message' },
  messagePost: { method: 'POST', path: '/api/v1/documents/:documentType/:documentId/messages', can: 'order.message', idempotent: true },
  messageRetract: { method: 'POST', path: '/api/v1/messages/:messageId/retract', can: 'order.message', idempotent: true },
  noticeList: { method: 'GET', path: '/api/v1/notices', can: 'notice.read' },
  noticeRead: { method: 'POST', path: '/api/v1/notices/read', can: 'notice.read', idempotent: true },
  noticeUnreadCount: { method: 'GET', path: '/api/v1/notices/unread-count', can: 'notice.read' },
  search: { method: 'GET', path: '/api/v1/search', can: 'search.use' },
  taskList: { method: 'GET', path: '/api/v1/tasks', can: 'task.read' },
  taskReassign: { method: 'POST', path: '/api/v1/tasks/:taskId/reassign', can: 'task.reassign', idempotent: true },
} as const;

export type Operations = {
  applicationAccept: typeof applications.applicationAccept;
  applicationAmend: typeof applications.applicationAmend;
  applicationAskBack: typeof applications.applicationAskBack;
  applicationCheck: typeof applications.applicationCheck;
  applicationGet: typeof applications.applicationGet;
  applicationInvitation: typeof applications.applicationInvitation;
  applicationList: typeof applications.applicationList;
  applicationRefuse: typeof applications.applicationRefuse;
  applicationReopen: typeof applications.applicationReopen;
  applicationSubmit: typeof applications.applicationSubmit;
  applicationWithdraw: typeof applications.applicationWithdraw;
  productCategoryList: typeof catalog.productCategoryList;
  productCreate: typeof catalog.productCreate;
  productGet: typeof catalog.productGet;
  productList: typeof catalog.productList;
  productUpdate: typeof catalog.productUpdate;
  bankAccountCreate: typeof companyLists.bankAccountCreate;
  bankAccountList: typeof companyLists.bankAccountList;
  bankAccountUpdate: typeof companyLists.bankAccountUpdate;
  carrierCreate: typeof companyLists.carrierCreate;
  carrierList: typeof companyLists.carrierList;
  carrierUpdate: typeof companyLists.carrierUpdate;
  taxRateCreate: typeof companyLists.taxRateCreate;
  taxRateList: typeof companyLists.taxRateList;
  taxRateUpdate: typeof companyLists.taxRateUpdate;
  unitCreate: typeof companyLists.unitCreate;
  unitList: typeof companyLists.unitList;
  unitUpdate: typeof companyLists.unitUpdate;
  calendarDaySet: typeof company.calendarDaySet;
  calendarGet: typeof company.calendarGet;
  calendarYearSet: typeof company.calendarYearSet;
  companyGet: typeof company.companyGet;
  companyUpdate: typeof company.companyUpdate;
  policyList: typeof company.policyList;
  policySet: typeof company.policySet;
  policyWithdraw: typeof company.policyWithdraw;
  regionList: typeof company.regionList;
  staffList: typeof company.staffList;
  warehouseCreate: typeof company.warehouseCreate;
  warehouseList: typeof company.warehouseList;
  warehouseUpdate: typeof company.warehouseUpdate;
  orderCutOver: typeof cutOver.orderCutOver;
  orderUndoCutOver: typeof cutOver.orderUndoCutOver;
  orderConfirmationPdf: typeof documents.orderConfirmationPdf;
  partnerStatementPdf: typeof documents.partnerStatementPdf;
  pickingListPdf: typeof documents.pickingListPdf;
  shippingNotePdf: typeof documents.shippingNotePdf;
  partnerFigures: typeof figures.partnerFigures;
  exportList: typeof imports.exportList;
  importCancel: typeof imports.importCancel;
  importContinue: typeof imports.importContinue;
  importGet: typeof imports.importGet;
  importList: typeof imports.importList;
  importResultFile: typeof imports.importResultFile;
  importRun: typeof imports.importRun;
  importTemplate: typeof imports.importTemplate;
  inquiryAnswer: typeof inquiries.inquiryAnswer;
  inquiryAskBack: typeof inquiries.inquiryAskBack;
  inquiryCheck: typeof inquiries.inquiryCheck;
  inquiryConfirm: typeof inquiries.inquiryConfirm;
  inquiryConvert: typeof inquiries.inquiryConvert;
  inquiryCreate: typeof inquiries.inquiryCreate;
  inquiryDecline: typeof inquiries.inquiryDecline;
  inquiryGet: typeof inquiries.inquiryGet;
  inquiryList: typeof inquiries.inquiryList;
  inquiryPreview: typeof inquiries.inquiryPreview;
  inquiryPreviewFile: typeof inquiries.inquiryPreviewFile;
  inquiryReopen: typeof inquiries.inquiryReopen;
  inquiryWithdraw: typeof inquiries.inquiryWithdraw;
  inquiryMails: typeof intake.inquiryMails;
  intakeDiscard: typeof intake.intakeDiscard;
  intakeGet: typeof intake.intakeGet;
  intakeList: typeof intake.intakeList;
  intakeRelease: typeof intake.intakeRelease;
  intakeRestore: typeof intake.intakeRestore;
  intakeSettingsGet: typeof intake.intakeSettingsGet;
  intakeSettingsSet: typeof intake.intakeSettingsSet;
  intakeTest: typeof intake.intakeTest;
  invoiceGet: typeof invoices.invoiceGet;
  invoiceIssue: typeof invoices.invoiceIssue;
  invoiceReceive: typeof invoices.invoiceReceive;
  invoiceReverse: typeof invoices.invoiceReverse;
  invoiceSend: typeof invoices.invoiceSend;
  invoiceSetTaxNo: typeof invoices.invoiceSetTaxNo;
  invoiceUnreceive: typeof invoices.invoiceUnreceive;
  invoiceableGet: typeof invoices.invoiceableGet;
  invoicesList: typeof invoices.invoicesList;
  linkAccept: typeof links.linkAccept;
  linkCodeSend: typeof links.linkCodeSend;
  linkObject: typeof links.linkObject;
  linkOpen: typeof links.linkOpen;
  statusLinkCreate: typeof links.statusLinkCreate;
  statusLinkList: typeof links.statusLinkList;
  statusLinkRevoke: typeof links.statusLinkRevoke;
  orderCompareInquiry: typeof orderReads.orderCompareInquiry;
  orderCompareRounds: typeof orderReads.orderCompareRounds;
  orderTimeline: typeof orderReads.orderTimeline;
  orderTemplateDelete: typeof orderTemplates.orderTemplateDelete;
  orderTemplateList: typeof orderTemplates.orderTemplateList;
  orderTemplateSave: typeof orderTemplates.orderTemplateSave;
  orderTemplateUpdate: typeof orderTemplates.orderTemplateUpdate;
  orderTemplateUse: typeof orderTemplates.orderTemplateUse;
  orderCreateMany: typeof ordersBulk.orderCreateMany;
  holdPlace: typeof orders.holdPlace;
  holdRelease: typeof orders.holdRelease;
  orderAccept: typeof orders.orderAccept;
  orderAcceptService: typeof orders.orderAcceptService;
  orderAnswerDiscrepancies: typeof orders.orderAnswerDiscrepancies;
  orderAnswerProduction: typeof orders.orderAnswerProduction;
  orderComplete: typeof orders.orderComplete;
  orderCopy: typeof orders.orderCopy;
  orderCorrectPromise: typeof orders.orderCorrectPromise;
  orderCreate: typeof orders.orderCreate;
  orderGet: typeof orders.orderGet;
  orderList: typeof orders.orderList;
  orderObject: typeof orders.orderObject;
  orderPassAvailability: typeof orders.orderPassAvailability;
  orderPassTerms: typeof orders.orderPassTerms;
  orderRecall: typeof orders.orderRecall;
  orderRecheckAvailability: typeof orders.orderRecheckAvailability;
  orderReportShortage: typeof orders.orderReportShortage;
  orderRevise: typeof orders.orderRevise;
  orderSendBack: typeof orders.orderSendBack;
  orderSendConfirmation: typeof orders.orderSendConfirmation;
  orderSettleDiscrepancy: typeof orders.orderSettleDiscrepancy;
  orderSettleShortage: typeof orders.orderSettleShortage;
  orderShortClose: typeof orders.orderShortClose;
  orderSubmit: typeof orders.orderSubmit;
  orderUpdate: typeof orders.orderUpdate;
  orderWithdraw: typeof orders.orderWithdraw;
  mailChoiceGet: typeof outgoing.mailChoiceGet;
  mailChoiceSet: typeof outgoing.mailChoiceSet;
  mailServerGet: typeof outgoing.mailServerGet;
  mailServerSet: typeof outgoing.mailServerSet;
  mailServerTest: typeof outgoing.mailServerTest;
  outgoingGet: typeof outgoing.outgoingGet;
  outgoingList: typeof outgoing.outgoingList;
  outgoingPark: typeof outgoing.outgoingPark;
  outgoingSendAgain: typeof outgoing.outgoingSendAgain;
  partnerChangeAccept: typeof partnerReviews.partnerChangeAccept;
  partnerChangePropose: typeof partnerReviews.partnerChangePropose;
  partnerChangeRefuse: typeof partnerReviews.partnerChangeRefuse;
  partnerChangeWithdraw: typeof partnerReviews.partnerChangeWithdraw;
  partnerConfirm: typeof partnerReviews.partnerConfirm;
  partnerContactErase: typeof partnerReviews.partnerContactErase;
  partnerDocumentAdd: typeof partnerReviews.partnerDocumentAdd;
  partnerDocumentRetract: typeof partnerReviews.partnerDocumentRetract;
  partnerMerge: typeof partnerReviews.partnerMerge;
  partnerMergePreview: typeof partnerReviews.partnerMergePreview;
  partnerRangeSet: typeof partnerReviews.partnerRangeSet;
  partnerTermList: typeof partnerTerms.partnerTermList;
  partnerTermSave: typeof partnerTerms.partnerTermSave;
  agreementCreate: typeof partners.agreementCreate;
  agreementEnd: typeof partners.agreementEnd;
  partnerActivate: typeof partners.partnerActivate;
  partnerAddressSave: typeof partners.partnerAddressSave;
  partnerContactSave: typeof partners.partnerContactSave;
  partnerCreate: typeof partners.partnerCreate;
  partnerCreditSet: typeof partners.partnerCreditSet;
  partnerGet: typeof partners.partnerGet;
  partnerHistory: typeof partners.partnerHistory;
  partnerItemList: typeof partners.partnerItemList;
  partnerItemsSave: typeof partners.partnerItemsSave;
  partnerList: typeof partners.partnerList;
  partnerSuspend: typeof partners.partnerSuspend;
  partnerTerminate: typeof partners.partnerTerminate;
  partnerUpdate: typeof partners.partnerUpdate;
  dueItems: typeof payments.dueItems;
  openItems: typeof payments.openItems;
  openingBalanceList: typeof payments.openingBalanceList;
  openingBalancePost: typeof payments.openingBalancePost;
  openingBalanceReverse: typeof payments.openingBalanceReverse;
  partnerLedger: typeof payments.partnerLedger;
  partnerProposals: typeof payments.partnerProposals;
  paymentAllocate: typeof payments.paymentAllocate;
  paymentConfirm: typeof payments.paymentConfirm;
  paymentGet: typeof payments.paymentGet;
  paymentProposals: typeof payments.paymentProposals;
  paymentRecord: typeof payments.paymentRecord;
  paymentReverse: typeof payments.paymentReverse;
  paymentUnallocate: typeof payments.paymentUnallocate;
  paymentsList: typeof payments.paymentsList;
  pickingCancel: typeof pickings.pickingCancel;
  pickingCreate: typeof pickings.pickingCreate;
  pickingFinish: typeof pickings.pickingFinish;
  pickingGet: typeof pickings.pickingGet;
  pickingPutBack: typeof pickings.pickingPutBack;
  pickingStart: typeof pickings.pickingStart;
  pickingsList: typeof pickings.pickingsList;
  priceEntryList: typeof prices.priceEntryList;
  priceEntrySave: typeof prices.priceEntrySave;
  priceListCreate: typeof prices.priceListCreate;
  priceListGet: typeof prices.priceListGet;
  priceListList: typeof prices.priceListList;
  priceListUpdate: typeof prices.priceListUpdate;
  promotionCreate: typeof promotions.promotionCreate;
  promotionGet: typeof promotions.promotionGet;
  promotionList: typeof promotions.promotionList;
  promotionUpdate: typeof promotions.promotionUpdate;
  quoteCreate: typeof quotes.quoteCreate;
  passwordChange: typeof session.passwordChange;
  passwordReset: typeof session.passwordReset;
  passwordResetCheck: typeof session.passwordResetCheck;
  sessionDemoIdentities: typeof session.sessionDemoIdentities;
  sessionDemoSignIn: typeof session.sessionDemoSignIn;
  sessionGet: typeof session.sessionGet;
  sessionRevoke: typeof session.sessionRevoke;
  sessionSignIn: typeof session.sessionSignIn;
  sessionSignOut: typeof session.sessionSignOut;
  sessionSignOutEverywhere: typeof session.sessionSignOutEverywhere;
  sessionsList: typeof session.sessionsList;
  setupCreate: typeof session.setupCreate;
  setupGet: typeof session.setupGet;
  userUpdateSelf: typeof session.userUpdateSelf;
  dispatchGet: typeof shipments.dispatchGet;
  shipmentCreate: typeof shipments.shipmentCreate;
  shipmentDeliver: typeof shipments.shipmentDeliver;
  shipmentGet: typeof shipments.shipmentGet;
  shipmentReverse: typeof shipments.shipmentReverse;
  shipmentSettleDifference: typeof shipments.shipmentSettleDifference;
  shipmentTrack: typeof shipments.shipmentTrack;
  shipmentUndeliver: typeof shipments.shipmentUndeliver;
  shipmentsList: typeof shipments.shipmentsList;
  availabilityGet: typeof stock.availabilityGet;
  stockAdjust: typeof stock.stockAdjust;
  stockList: typeof stock.stockList;
  stockMinimumSet: typeof stock.stockMinimumSet;
  stockMoveReverse: typeof stock.stockMoveReverse;
  stockMovesList: typeof stock.stockMovesList;
  stockReceive: typeof stock.stockReceive;
  suppliesList: typeof stock.suppliesList;
  supplyCancel: typeof stock.supplyCancel;
  supplyCreate: typeof stock.supplyCreate;
  supplyGet: typeof stock.supplyGet;
  supplyReceive: typeof stock.supplyReceive;
  supplyUpdate: typeof stock.supplyUpdate;
  warehousePreferenceList: typeof stock.warehousePreferenceList;
  warehousePreferenceSet: typeof stock.warehousePreferenceSet;
  accessLogList: typeof users.accessLogList;
  delegationCreate: typeof users.delegationCreate;
  delegationEnd: typeof users.delegationEnd;
  delegationsList: typeof users.delegationsList;
  keyCreate: typeof users.keyCreate;
  keyRevoke: typeof users.keyRevoke;
  keysList: typeof users.keysList;
  userGet: typeof users.userGet;
  userInvite: typeof users.userInvite;
  userPartnersList: typeof users.userPartnersList;
  userResetLink: typeof users.userResetLink;
  userUpdate: typeof users.userUpdate;
  usersList: typeof users.usersList;
  webhookCreate: typeof webhooks.webhookCreate;
  webhookEventTypes: typeof webhooks.webhookEventTypes;
  webhookList: typeof webhooks.webhookList;
  webhookRotate: typeof webhooks.webhookRotate;
  webhookTest: typeof webhooks.webhookTest;
  webhookUpdate: typeof webhooks.webhookUpdate;
  attachmentGet: typeof work.attachmentGet;
  attachmentList: typeof work.attachmentList;
  attachmentRetract: typeof work.attachmentRetract;
  attachmentUpload: typeof work.attachmentUpload;
  dashboardGet: typeof work.dashboardGet;
  messageList: typeof work.messageList;
  messagePost: typeof work.messagePost;
  messageRetract: typeof work.messageRetract;
  noticeList: typeof work.noticeList;
  noticeRead: typeof work.noticeRead;
  noticeUnreadCount: typeof work.noticeUnreadCount;
  search: typeof work.search;
  taskList: typeof work.taskList;
  taskReassign: typeof work.taskReassign;
};

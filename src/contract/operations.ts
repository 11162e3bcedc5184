/** Every operation of the API. */
import { partnerTermOperations } from './partner-terms.ts';
import { documentOperations } from './documents.ts';
import { figureOperations } from './figures.ts';
import { invoiceOperations } from './invoices.ts';
import { paymentOperations } from './payments.ts';
import { applicationOperations } from './applications.ts';
import { orderTemplateOperations } from './order-templates.ts';
import { cutOverOperations } from './cut-over.ts';
import { catalogOperations } from './catalog.ts';
import { companyOperations } from './company.ts';
import { companyListOperations } from './company-lists.ts';
import { importOperations } from './imports.ts';
import { partnerReviewOperations } from './partner-reviews.ts';
import { partnerOperations } from './partners.ts';
import { priceOperations } from './prices.ts';
import { promotionOperations } from './promotions.ts';
import { inquiryOperations } from './inquiries.ts';
import { intakeOperations } from './intake.ts';
import { orderOperations } from './orders.ts';
import { sessionOperations } from './session.ts';
import { outgoingOperations } from './outgoing.ts';
import { pickingOperations } from './pickings.ts';
import { shipmentOperations } from './shipments.ts';
import { stockOperations } from './stock.ts';
import { userOperations } from './users.ts';
import { linkOperations } from './links.ts';
import { webhookOperations } from './webhooks.ts';
import { workOperations } from './work.ts';

export const operations = [
  ...sessionOperations,
  ...userOperations,
  ...paymentOperations,
  ...invoiceOperations,
  ...documentOperations,
  ...priceOperations,
  ...promotionOperations,
  ...partnerOperations,
  ...partnerTermOperations,
  ...partnerReviewOperations,
  ...applicationOperations,
  ...importOperations,
  ...companyOperations,
  ...companyListOperations,
  ...catalogOperations,
  ...inquiryOperations,
  ...intakeOperations,
  ...orderOperations,
  ...cutOverOperations,
  ...orderTemplateOperations,
  ...workOperations,
  ...figureOperations,
  ...outgoingOperations,
  ...webhookOperations,
  ...linkOperations,

  ...stockOperations,
  ...pickingOperations,
  ...shipmentOperations,
] as const;

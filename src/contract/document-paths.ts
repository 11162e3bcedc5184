/** Where each kind of document is shown, on either side. Search, tasks, notices, timelines and mails link through here. */
import type { DOCUMENT_TYPES } from './work.ts';

export type DocumentType = (typeof DOCUMENT_TYPES)[number] | 'product';
export type Side = 'staff' | 'partner';

const STAFF: Record<DocumentType, string> = {
  inquiry: '/inquiries',
  order: '/orders',
  picking: '/pickings',
  shipment: '/shipments',
  payment: '/payments',
  invoice: '/invoices',
  partner: '/partners',
  application: '/applications',
  supply: '/stock/supplies',
  product: '/products',
  user: '/admin/users',
  intake: '/mail',
  outgoing: '/outgoing',
};
/** What partners have no page for opens nothing. */
const PARTNER: Partial<Record<DocumentType, string>> = {
  inquiry: '/portal/inquiries',
  order: '/portal/orders',
  shipment: '/portal/shipments',
  payment: '/portal/payments',
  invoice: '/portal/invoices',
  partner: '/portal/company',
  product: '/portal/products',
};

const isDocumentType = (type: string): type is DocumentType => Object.hasOwn(STAFF, type);

/** The address of a document's page; null when this side has none. */
export function documentPath(side: Side, type: string, id: string): string | null {
  if (!isDocumentType(type)) return null;
  const base = side === 'staff' ? STAFF[type] : PARTNER[type];
  return base === undefined ? null : `${base}/${encodeURIComponent(id)}`;
}

/** The lives of the other documents. Source: R3.2, R5.1–R5.2, R6.2–R6.3. */
import { defineMachine } from '../machine.ts';

export const INQUIRY_STATES = ['received', 'needs_data', 'ready', 'converted', 'declined', 'withdrawn'] as const;
export type InquiryState = (typeof INQUIRY_STATES)[number];

export const inquiryMachine = defineMachine({
  name: 'inquiry',
  initial: 'received',
  states: INQUIRY_STATES,
  finals: ['converted', 'declined', 'withdrawn'],
  rows: [
    { action: 'check', from: ['received', 'needs_data'], to: 'ready', actor: ['staff', 'system'], permission: 'inquiry.handle', guards: ['inquiry.incomplete', 'inquiry.line_unmatched'], clock: 'order.preliminary', event: 'inquiry.ready', task: 'inquiry.convert', article: 'R3.2', reversedBy: 'askBack' },
    { action: 'askBack', from: ['received', 'ready', 'needs_data'], to: 'needs_data', actor: ['staff'], permission: 'inquiry.handle', guards: [], clock: 'inquiry.answer', event: 'inquiry.asked_back', task: 'inquiry.answer', article: 'R3.2', reversedBy: 'answer' },
    { action: 'answer', from: ['needs_data', 'received', 'ready'], to: 'received', actor: ['partner', 'staff'], permission: 'inquiry.answer', guards: [], clock: 'inquiry.gaps', event: 'inquiry.answered', task: 'inquiry.handle', article: 'R3.2', reversedBy: 'answer' },
    { action: 'convert', from: ['ready', 'received'], to: 'converted', actor: ['staff'], permission: 'inquiry.handle', guards: ['inquiry.incomplete', 'inquiry.line_unmatched', 'partner.not_active'], event: 'inquiry.converted', article: 'R3.3' },
    { action: 'decline', from: ['received', 'needs_data', 'ready'], to: 'declined', actor: ['staff'], permission: 'inquiry.handle', guards: [], event: 'inquiry.declined', article: 'R3.2', reversedBy: 'reopen' },
    { action: 'withdraw', from: ['received', 'needs_data', 'ready'], to: 'withdrawn', actor: ['partner', 'staff'], permission: 'inquiry.withdraw', guards: [], event: 'inquiry.withdrawn', article: 'R3.2', reversedBy: 'reopen' },
    { action: 'reopen', from: ['declined', 'withdrawn'], to: 'received', actor: ['staff', 'partner'], permission: 'inquiry.withdraw', guards: [], clock: 'inquiry.gaps', event: 'inquiry.reopened', task: 'inquiry.handle', article: 'R3.2' },
  ],
});

export const PICKING_STATES = ['open', 'picking', 'ready', 'cancelled'] as const;
export type PickingState = (typeof PICKING_STATES)[number];

/** One picking per order and warehouse (and again for what a short pick left over). */
export const pickingMachine = defineMachine({
  name: 'picking',
  initial: 'open',
  states: PICKING_STATES,
  finals: ['cancelled', 'ready'],
  rows: [
    { action: 'start', from: ['open'], to: 'picking', actor: ['staff'], permission: 'pick.work', guards: ['order.hold', 'order.wrong_state'], clock: 'picking.ready', event: 'picking.started', task: 'picking.finish', article: 'R5.1', reversedBy: 'putBack' },
    { action: 'putBack', from: ['picking', 'ready'], to: 'open', actor: ['staff'], permission: 'pick.work', guards: ['order.already_shipped'], clock: 'picking.start', event: 'picking.put_back', task: 'picking.start', article: 'R5.1', reversedBy: 'start' },
    { action: 'finish', from: ['picking'], to: 'ready', actor: ['staff'], permission: 'pick.work', guards: ['picking.exceeds'], clock: 'shipment.arrange', event: 'picking.ready', task: 'shipment.arrange', article: 'R5.1', reversedBy: 'putBack' },
    { action: 'cancel', from: ['open'], to: 'cancelled', actor: ['staff', 'system'], permission: 'pick.work', guards: [], event: 'picking.cancelled', article: 'R5.1' },
  ],
});

export const SHIPMENT_STATES = ['shipped', 'delivered', 'reversed'] as const;
export type ShipmentState = (typeof SHIPMENT_STATES)[number];

export const shipmentMachine = defineMachine({
  name: 'shipment',
  initial: 'shipped',
  states: SHIPMENT_STATES,
  finals: ['reversed'],
  rows: [
    { action: 'track', from: ['shipped'], to: 'shipped', actor: ['staff'], permission: 'shipment.track', guards: [], event: 'shipment.tracked', article: 'R5.2', clock: 'shipment.news' },
    { action: 'deliver', from: ['shipped'], to: 'delivered', actor: ['staff', 'partner'], permission: 'shipment.deliver', guards: ['shipment.received_exceeds', 'shipment.time_order'], event: 'shipment.delivered', article: 'R5.2', reversedBy: 'undeliver' },
    { action: 'undeliver', from: ['delivered'], to: 'shipped', actor: ['staff'], permission: 'shipment.reverse', guards: ['order.wrong_state', 'shipment.rest_in_use'], event: 'shipment.delivery_reversed', article: 'R5.2', reversedBy: 'deliver' },
    { action: 'settleDifference', from: ['delivered'], to: 'delivered', actor: ['staff'], permission: 'shipment.reverse', guards: ['shipment.no_difference'], event: 'shipment.difference_settled', task: 'order.settle_loss', article: 'R5.2', reversedBy: 'undeliver' },
    { action: 'reverse', from: ['shipped'], to: 'reversed', actor: ['staff'], permission: 'shipment.reverse', guards: ['order.wrong_state'], event: 'shipment.reversed', article: 'R5.2' },
  ],
});

export const PAYMENT_STATES = ['recorded', 'confirmed', 'reversed'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const paymentMachine = defineMachine({
  name: 'payment',
  initial: 'recorded',
  states: PAYMENT_STATES,
  finals: ['reversed'],
  rows: [
    { action: 'confirm', from: ['recorded'], to: 'confirmed', actor: ['staff'], permission: 'payment.record', guards: [], event: 'payment.confirmed', article: 'R6.2', reversedBy: 'reverse' },
    { action: 'allocate', from: ['confirmed'], to: 'confirmed', actor: ['staff'], permission: 'payment.record', guards: ['payment.exceeds_unallocated', 'payment.exceeds_open'], event: 'payment.allocated', article: 'R6.2', reversedBy: 'unallocate' },
    { action: 'unallocate', from: ['confirmed'], to: 'confirmed', actor: ['staff'], permission: 'payment.reverse', guards: ['allocation.reversed'], event: 'payment.unallocated', article: 'R6.2', reversedBy: 'allocate' },
    { action: 'reverse', from: ['recorded', 'confirmed'], to: 'reversed', actor: ['staff'], permission: 'payment.reverse', guards: ['payment.allocated'], event: 'payment.reversed', article: 'R6.2' },
  ],
});

export const INVOICE_STATES = ['issued', 'sent', 'received', 'reversed'] as const;
export type InvoiceState = (typeof INVOICE_STATES)[number];

export const invoiceMachine = defineMachine({
  name: 'invoice',
  initial: 'issued',
  states: INVOICE_STATES,
  finals: ['reversed'],
  rows: [
    { action: 'send', from: ['issued', 'sent'], to: 'sent', actor: ['staff'], permission: 'invoice.issue', guards: [], clock: 'invoice.receipt', event: 'invoice.sent', task: 'invoice.follow_up', article: 'R6.3', reversedBy: 'reverse' },
    { action: 'receive', from: ['issued', 'sent'], to: 'received', actor: ['staff', 'partner'], permission: 'invoice.receive', guards: [], event: 'invoice.received', article: 'R6.3', reversedBy: 'unreceive' },
    { action: 'unreceive', from: ['received'], to: 'sent', actor: ['staff', 'partner'], permission: 'invoice.receive', guards: [], clock: 'invoice.receipt', event: 'invoice.receipt_reversed', task: 'invoice.follow_up', article: 'R6.3', reversedBy: 'receive' },
    { action: 'setTaxNo', from: ['issued', 'sent', 'received'], to: 'same', actor: ['staff'], permission: 'invoice.issue', guards: [], event: 'invoice.tax_no_set', article: 'R6.3', reversedBy: 'setTaxNo' },
    { action: 'reverse', from: ['issued', 'sent', 'received'], to: 'reversed', actor: ['staff'], permission: 'invoice.issue', guards: ['invoice.is_red'], event: 'invoice.reversed', article: 'R6.3' },
  ],
});

export const PARTNER_STATES = ['applied', 'active', 'suspended', 'terminated'] as const;
export type PartnerState = (typeof PARTNER_STATES)[number];

export const partnerMachine = defineMachine({
  name: 'partner',
  initial: 'applied',
  states: PARTNER_STATES,
  finals: ['terminated'],
  rows: [
    { action: 'activate', from: ['applied', 'suspended'], to: 'active', actor: ['staff'], permission: 'partner.write', guards: ['partner.incomplete'], event: 'partner.activated', article: 'R3.1', reversedBy: 'suspend' },
    { action: 'suspend', from: ['active'], to: 'suspended', actor: ['staff'], permission: 'partner.write', guards: [], event: 'partner.suspended', article: 'R3.1', reversedBy: 'activate' },
    { action: 'terminate', from: ['active', 'suspended'], to: 'terminated', actor: ['staff'], permission: 'partner.credit', guards: [], event: 'partner.terminated', article: 'R10.2' },
  ],
});

/** A state: one colour and one word for it everywhere. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export type Tone = 'neutral' | 'working' | 'waiting' | 'good' | 'bad' | 'quiet';

/** Families of states and their tones; the words stand in states.json under `<family>.<state>`. */
const TONES: Record<string, Record<string, Tone>> = {
  order: {
    draft: 'neutral',
    terms_review: 'working',
    availability_review: 'working',
    shortage: 'bad',
    to_confirm: 'working',
    awaiting_partner: 'waiting',
    objected: 'bad',
    in_effect: 'good',
    completed: 'quiet',
    cancelled: 'quiet',
  },
  stage: {
    preliminary: 'neutral',
    to_be_confirmed: 'working',
    awaiting_reply: 'waiting',
    in_effect: 'good',
    in_execution: 'good',
    completed: 'quiet',
    cancelled: 'quiet',
  },
  delivery: {
    none: 'quiet',
    preparing: 'working',
    ready: 'waiting',
    part_shipped: 'working',
    shipped: 'working',
    part_delivered: 'working',
    delivered: 'good',
  },
  paymentStatus: {
    none_due: 'quiet',
    due: 'waiting',
    part_paid: 'working',
    paid: 'good',
    overdue: 'bad',
    credit: 'good',
  },
  invoiceStatus: { none: 'quiet', requested: 'waiting', part_invoiced: 'working', invoiced: 'good', received: 'good' },
  intake: {
    stored: 'working',
    inquiry: 'good',
    reply: 'good',
    quarantined: 'waiting',
    ignored: 'quiet',
    failed: 'bad',
    discarded: 'quiet',
  },
  inquiry: {
    received: 'neutral',
    needs_data: 'waiting',
    ready: 'working',
    converted: 'good',
    declined: 'bad',
    withdrawn: 'quiet',
    lapsed: 'quiet',
  },
  picking: { open: 'waiting', picking: 'working', ready: 'good', cancelled: 'quiet' },
  shipment: { shipped: 'working', delivered: 'good', reversed: 'quiet' },
  payment: { recorded: 'waiting', confirmed: 'good', reversed: 'quiet' },
  invoice: { issued: 'neutral', sent: 'waiting', received: 'good', reversed: 'quiet' },
  partner: { applied: 'waiting', active: 'good', suspended: 'bad', terminated: 'quiet', merged: 'quiet' },
  application: {
    submitted: 'waiting',
    needs_data: 'working',
    accepted: 'good',
    refused: 'bad',
    withdrawn: 'quiet',
  },
  discrepancy: { open: 'bad', taken_back: 'good', agreed_by_partner: 'good', approved: 'good' },
  reply: { accepted: 'good', objected: 'bad', recalled: 'quiet', lapsed: 'bad' },
  webhook: { on: 'good', off: 'quiet' },
  outgoing: { waiting: 'waiting', sent: 'good', parked: 'bad', dropped: 'quiet' },
  user: { active: 'good', invited: 'waiting', disabled: 'quiet', locked: 'bad' },
};

export const toneOf = (of: string, state: string): Tone => TONES[of]?.[state] ?? 'neutral';

/** `<StateTag of="order" state={order.state} />` */
export function StateTag({ of, state }: { of: string; state: string }): ReactElement {
  const { t } = useTranslation();
  return <span className={`qc-tag is-${toneOf(of, state)}`}>{t(`states.${of}.${state}`)}</span>;
}

/** The life of an application to become a partner. Source: R3.1. */
import { defineMachine } from '../machine.ts';

export const APPLICATION_STATES = ['submitted', 'needs_data', 'accepted', 'refused', 'withdrawn'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

const review = {
  actor: ['staff'],
  permission: 'application.review',
  guards: [],
  article: 'R3.1',
} as const;
/** The applicant has no account: whoever holds the link acts, through the product. */
const applicant = { ...review, actor: ['system'] } as const;

export const applicationMachine = defineMachine({
  name: 'application',
  initial: 'submitted',
  states: APPLICATION_STATES,
  finals: ['accepted', 'withdrawn'],
  rows: [
    {
      ...review,
      action: 'accept',
      from: ['submitted', 'needs_data'],
      to: 'accepted',
      event: 'application.accepted',
    },
    {
      ...review,
      action: 'askBack',
      from: ['submitted', 'needs_data'],
      to: 'needs_data',
      clock: 'application.answer',
      event: 'application.asked_back',
      task: 'application.await',
      reversedBy: 'askBack',
    },
    {
      ...review,
      action: 'refuse',
      from: ['submitted', 'needs_data'],
      to: 'refused',
      event: 'application.refused',
      reversedBy: 'reopen',
    },
    {
      ...review,
      action: 'reopen',
      from: ['refused'],
      to: 'submitted',
      clock: 'partner.first_entry',
      event: 'application.reopened',
      task: 'application.review',
      reversedBy: 'refuse',
    },
    {
      ...applicant,
      action: 'amend',
      from: ['submitted', 'needs_data'],
      to: 'submitted',
      clock: 'partner.first_entry',
      event: 'application.amended',
      task: 'application.review',
      reversedBy: 'amend',
    },
    {
      ...applicant,
      action: 'withdraw',
      from: ['submitted', 'needs_data'],
      to: 'withdrawn',
      event: 'application.withdrawn',
    },
  ],
});

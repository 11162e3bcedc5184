/** The life of a message that came in: stored first, then settled by the product, or decided by a person. Source: R3.2, P8. */
import { defineMachine } from '../machine.ts';

export const INTAKE_STATES = ['stored', 'inquiry', 'reply', 'quarantined', 'ignored', 'failed', 'discarded'] as const;
export type IntakeState = (typeof INTAKE_STATES)[number];

export const intakeMachine = defineMachine({
  name: 'intake',
  initial: 'stored',
  states: INTAKE_STATES,
  finals: ['inquiry', 'reply'],
  rows: [
    {
      action: 'settle',
      from: ['stored'],
      to: ['inquiry', 'reply', 'ignored'],
      actor: ['system'],
      permission: 'intake.decide',
      guards: [],
      event: 'intake.settled',
      article: 'R3.2',
    },
    {
      action: 'quarantine',
      from: ['stored'],
      to: ['quarantined', 'failed'],
      actor: ['system'],
      permission: 'intake.decide',
      guards: [],
      clock: 'inquiry.gaps',
      event: 'intake.quarantined',
      task: 'intake.review',
      article: 'R3.2',
      reversedBy: 'release',
    },
    {
      action: 'release',
      from: ['quarantined', 'failed', 'ignored'],
      to: 'inquiry',
      actor: ['staff'],
      permission: 'intake.decide',
      guards: [],
      event: 'intake.released',
      article: 'R3.2',
    },
    {
      action: 'discard',
      from: ['quarantined', 'failed'],
      to: 'discarded',
      actor: ['staff'],
      permission: 'intake.decide',
      guards: [],
      event: 'intake.discarded',
      article: 'R3.2',
      reversedBy: 'restore',
    },
    {
      action: 'restore',
      from: ['discarded'],
      to: 'quarantined',
      actor: ['staff'],
      permission: 'intake.decide',
      guards: [],
      clock: 'inquiry.gaps',
      event: 'intake.restored',
      task: 'intake.review',
      article: 'R3.2',
      reversedBy: 'discard',
    },
  ],
});

import { describe, expect, it } from 'vitest';
import {
  type ActionOf,
  defineMachine,
  type GuardOf,
  type Machine,
  machineMermaid,
  machineProblems,
  type StateOf,
} from './machine.ts';

const base = {
  actor: ['staff'],
  permission: 'letter.write',
  guards: [],
  event: 'letter.changed',
  article: 'R0',
} as const;

const letter = defineMachine({
  name: 'letter',
  initial: 'draft',
  states: ['draft', 'sent', 'answered', 'lost'],
  finals: ['answered', 'lost'],
  rows: [
    { ...base, action: 'write', from: [], to: 'draft', event: 'letter.written' },
    { ...base, action: 'amend', from: ['draft'], to: 'same' },
    {
      ...base,
      action: 'send',
      from: ['draft'],
      to: 'sent',
      guards: ['letter.no_stamp', 'letter.no_address'],
      reversedBy: 'recall',
    },
    { ...base, action: 'recall', from: ['sent'], to: 'draft' },
    { ...base, action: 'settle', from: ['sent'], to: ['answered', 'lost'], actor: ['system'] },
    { ...base, action: 'amend', from: ['sent'], to: 'same', guards: ['letter.sealed'] },
  ],
});

type Facts = { stamps: number; address: string };
const guards: Record<GuardOf<typeof letter>, (facts: Facts) => { code: string } | null> = {
  'letter.no_stamp': ({ stamps }) => (stamps > 0 ? null : { code: 'letter.no_stamp' }),
  'letter.no_address': ({ address }) => (address === '' ? { code: 'letter.no_address', field: 'address' } : null),
  'letter.sealed': () => ({ code: 'letter.sealed' }),
};

describe('a life-cycle table', () => {
  it('P11 tells every reason of a refusal at once, in the order of the row', () => {
    expect(letter.refusals('send', 'draft', guards, { stamps: 0, address: '' })).toEqual([
      { code: 'letter.no_stamp' },
      { code: 'letter.no_address', field: 'address' },
    ]);
    expect(letter.refusals('send', 'draft', guards, { stamps: 1, address: 'Shanghai' })).toEqual([]);
  });

  it('P11 refuses every action in every state that the table does not list', () => {
    const facts = { stamps: 1, address: 'Shanghai' };
    for (const action of ['write', 'amend', 'send', 'recall', 'settle'] as const) {
      for (const state of [null, ...letter.states]) {
        const wrong = letter.refusals(action, state, guards, facts).some(({ code }) => code === 'letter.wrong_state');
        expect(wrong).toBe(!letter.actionsFrom(state).includes(action));
      }
    }
    expect(letter.refusals('send', 'lost', guards, facts)).toEqual([
      { code: 'letter.wrong_state', params: { action: 'send', state: 'lost' } },
    ]);
  });

  it('P11 knows which actions each state has, and which one creates', () => {
    expect(letter.actionsFrom(null)).toEqual(['write']);
    expect(letter.actionsFrom('draft')).toEqual(['amend', 'send']);
    expect(letter.actionsFrom('sent')).toEqual(['recall', 'settle', 'amend']);
    expect(letter.actionsFrom('lost')).toEqual([]);
  });

  it('P11 an action may have a row for each state it starts from', () => {
    expect(letter.row('amend').guards).toEqual([]);
    expect(letter.row('amend', 'sent')?.guards).toEqual(['letter.sealed']);
    expect(letter.row('amend', 'lost')).toBeUndefined();
    expect(letter.row('write', null)?.event).toBe('letter.written');
    expect(letter.row('write').event).toBe('letter.written');
  });

  it('P11 types know states, actions and guards, so that a slip does not compile', () => {
    const state: StateOf<typeof letter> = 'draft';
    const action: ActionOf<typeof letter> = 'send';
    expect([state, action]).toEqual(['draft', 'send']);
    // @ts-expect-error there is no such action
    expect(() => letter.row('burn')).toThrow(RangeError);
    // @ts-expect-error there is no such state
    expect(letter.row('send', 'burnt')).toBeUndefined();
    // @ts-expect-error every guard of the table needs what it checks
    const incomplete: typeof guards = { 'letter.sealed': () => null };
    expect(Object.keys(incomplete)).toHaveLength(1);
  });

  it('P11 a sound table has no problems', () => {
    expect(machineProblems(letter)).toEqual([]);
  });

  it('P11 faults of a table are named', () => {
    const broken: Machine = defineMachine<string, string, never>({
      name: 'broken',
      initial: 'a',
      states: ['a', 'b', 'c', 'd', 'd'],
      finals: ['d'],
      rows: [
        { ...base, action: 'go', from: ['a'], to: 'b' },
        { ...base, action: 'go', from: ['a', 'c'], to: 'd' },
        { ...base, action: 'stay', from: ['b'], to: 'b' },
        { ...base, action: 'fly', from: ['c'], to: 'moon' },
      ],
    });
    expect(machineProblems(broken)).toEqual([
      'broken: state moon is not declared',
      'broken: state d is declared twice',
      'broken: state c is never reached',
      'broken: state b has no way out',
      'broken: go from a has two rows',
    ]);
  });

  it('draws itself', () => {
    expect(machineMermaid(letter)).toBe(
      [
        'stateDiagram-v2',
        '  [*] --> draft: write',
        '  draft --> sent: send',
        '  sent --> draft: recall',
        '  sent --> answered: settle',
        '  sent --> lost: settle',
        '  answered --> [*]',
        '  lost --> [*]',
        '',
      ].join('\n'),
    );
  });
});

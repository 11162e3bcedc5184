import { describe, expect, test } from 'vitest';
import { orderMachine } from './machines/order.ts';
import {
  inquiryMachine,
  invoiceMachine,
  partnerMachine,
  paymentMachine,
  pickingMachine,
  shipmentMachine,
} from './machines/others.ts';
import { PARTNER_ROLES, STAFF_ROLES } from './roles.ts';
import { holderOf, isTaskKind, TASK_KINDS, type TaskKindRow } from './tasks.ts';

const machines = [
  orderMachine,
  inquiryMachine,
  pickingMachine,
  shipmentMachine,
  paymentMachine,
  invoiceMachine,
  partnerMachine,
];

describe('R2 who holds a task', () => {
  test('R2 every task that a life-cycle table opens has a holder', () => {
    const opened = machines.flatMap(({ rows }) =>
      rows.flatMap((row) => ('task' in row && row.task !== undefined ? [row.task as string] : [])),
    );
    expect(opened.length).toBeGreaterThan(10);
    expect(opened.filter((kind) => !isTaskKind(kind))).toEqual([]);
  });

  test('R2 the role of a task belongs to its side', () => {
    for (const [kind, row] of Object.entries<TaskKindRow>(TASK_KINDS)) {
      const roles: readonly string[] = row.side === 'staff' ? STAFF_ROLES : PARTNER_ROLES;
      expect(roles, kind).toContain(row.role);
    }
  });

  test('R2 a task of sales goes to the sales contact of the partner, others to the queue of the role', () => {
    expect(holderOf('order.review_terms', { salesOwnerId: 'u1' })).toEqual({
      side: 'staff',
      role: 'sales',
      userId: 'u1',
    });
    expect(holderOf('order.review_terms')).toEqual({
      side: 'staff',
      role: 'sales',
      userId: null,
    });
    expect(holderOf('picking.start', { salesOwnerId: 'u1' })).toEqual({
      side: 'staff',
      role: 'warehouse',
      userId: null,
    });
  });

  test('R3.3 a draft of the partner goes back to the partner, a draft of sales to sales', () => {
    expect(holderOf('order.mend_draft', { salesOwnerId: 'u1', byPartner: true })).toEqual({
      side: 'partner',
      role: 'partner_buyer',
      userId: null,
    });
    expect(holderOf('order.mend_draft', { salesOwnerId: 'u1', byPartner: false })).toEqual({
      side: 'staff',
      role: 'sales',
      userId: 'u1',
    });
  });
});

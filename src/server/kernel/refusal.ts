/** A refusal is a business answer, not a fault: a code of the contract, the field it speaks of, and the values its sentence needs. */
import type { Refusal } from '../../contract/machine.ts';

export type { Refusal } from '../../contract/machine.ts';

/** Thrown to roll back and answer with refusals; `refusals` has at least one. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ code }) => code).join(', '));
    this.name = 'Refused';
    this.refusals = refusals;
  }
}

/** The error of one refusal, to be thrown: `throw refuse('order.stale', { orderNo })`. */
export function refuse(code: string, params?: Record<string, string>, field?: string): Refused {
  return new Refused([
    { code, ...(field === undefined ? {} : { field }), ...(params === undefined ? {} : { params }) },
  ]);
}

/** Throws when there is at least one refusal. */
export function refuseIf(refusals: readonly Refusal[]): void {
  if (refusals.length > 0) throw new Refused(refusals);
}

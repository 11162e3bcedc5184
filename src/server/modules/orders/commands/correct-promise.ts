/** Order processing lays down another date, warehouse or receipt than the system proposes, with a reason; production answers for a line. R4.2. */
import { refuse } from '../../../kernel/refusal.ts';
import { promisePlans, reserve } from '../availability-steps.ts';
import { goOn, sendBySwitch } from '../order-steps.ts';
import type { Correction } from '../order-tables.ts';
import { go, release, requireAction, type Work } from '../order-work.ts';
import { productionTask, reportShortage } from '../shortage-steps.ts';
import { type OnOrder, orderCommand } from './shared.ts';

type Wanted = {
  lineNo: number;
  warehouseId?: string | undefined;
  supplyId?: string | undefined;
  notBefore?: string | undefined;
  reason: string;
};

/** Confirms the order with it, or reports what is short then: no further step of order processing is needed. A line without any of the three goes by the proposal again. */
export const correctPromise = orderCommand<OnOrder & { lines: Wanted[] }>({
  name: 'orders.correct_promise',
  refuses: ['order.wrong_state', 'line.not_found', 'warehouse.not_found', 'supply.not_found'],
  stock: true,
  steps(work, { lines }) {
    requireAction(work, 'correctPromise');
    const { row } = work.order;
    const corrections = lines.map((line, i) => correctionOf(work, line, i));
    release(work);
    row.shortages = [];
    row.corrections = [
      ...row.corrections.filter(({ lineNo }) => !lines.some((line) => line.lineNo === lineNo)),
      ...corrections.filter(
        ({ warehouseId, supplyId, notBefore }) => warehouseId !== null || supplyId !== null || notBefore !== null,
      ),
    ];
    go(work, 'correctPromise', { payload: { lines } });
    const plans = promisePlans(work);
    if (plans.some(({ short }) => short > 0n)) reportShortage(work, plans, []);
    else {
      reserve(work, plans, []);
      sendBySwitch(work);
    }
  },
});

function correctionOf(work: Work, wanted: Wanted, i: number): Correction {
  const { order, state, command } = work;
  const { lineNo, warehouseId, supplyId, notBefore, reason } = wanted;
  const line = order.lines.find(({ line_no }) => line_no === lineNo);
  if (line === undefined) throw refuse('line.not_found', { lineNo: String(lineNo) }, `lines.${i}.lineNo`);
  if (warehouseId !== undefined && !state.warehouses.has(warehouseId))
    throw refuse('warehouse.not_found', undefined, `lines.${i}.warehouseId`);
  if (supplyId !== undefined && state.supplies.get(supplyId)?.product_id !== line.product_id)
    throw refuse('supply.not_found', undefined, `lines.${i}.supplyId`);
  return {
    lineNo,
    warehouseId: warehouseId ?? null,
    supplyId: supplyId ?? null,
    notBefore: notBefore ?? null,
    anyWarehouse: false,
    reason,
    by: command.actor.userId,
    at: work.now.toISOString(),
  };
}

/**
 * Production's answer to an open question. With a day the goods are on the plan now (processes/production-answers.ts) and the order is
 * checked again; without, the reason is on record and sales settles the shortage by the other options.
 */
export const recordProductionAnswer = orderCommand<
  OnOrder & { lineNo: number; on: string | null; reason: string | null }
>({
  name: 'orders.record_production_answer',
  refuses: ['order.wrong_state', 'order.no_question', 'order.production_reason'],
  stock: true,
  steps(work, { lineNo, on, reason }) {
    requireAction(work, 'answerProduction');
    const { row } = work.order;
    const question = row.production_answers.find((asked) => asked.lineNo === lineNo && asked.answer === null);
    if (question === undefined) throw refuse('order.no_question', undefined, 'lineNo');
    if (on === null && (reason ?? '').trim() === '') throw refuse('order.production_reason', undefined, 'reason');
    const answered = {
      ...question,
      answer: on === null ? ('cannot' as const) : ('can' as const),
      on,
      reason,
      answeredBy: work.command.actor.userId,
      answeredAt: work.now.toISOString(),
    };
    row.production_answers = row.production_answers.map((asked) => (asked === question ? answered : asked));
    const payload = { lineNo, answer: answered.answer, on, reason };
    if (on !== null) {
      row.shortages = [];
      go(work, 'answerProduction', { payload });
      goOn(work, 'report');
    } else {
      // Sales goes on settling; only production's own task is done.
      const { next } = work;
      go(work, 'answerProduction', { to: 'shortage', payload });
      work.next = next;
      work.tasks.push({ closeOf: row.id, family: 'order.production_answer' });
    }
    // Other lines may still wait for an answer.
    if (row.production_answers.some(({ answer }) => answer === null)) work.tasks.push({ open: productionTask(work) });
  },
});

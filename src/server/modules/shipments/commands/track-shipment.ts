/** News from the road: place, new arrival, exception and its end. Told to sales, order processing and the partner by its event. Source: R5.2, R5.3. */
import { shipmentMachine } from '../../../../contract/machines/others.ts';
import { newId } from '../../../kernel/ids.ts';
import { refuse, refuseIf } from '../../../kernel/refusal.ts';
import { defineBatch } from '../../../platform/pipeline/define.ts';
import type { Command, Env, TaskChange } from '../../../platform/pipeline/types.ts';
import {
  decided,
  type ExecOrder,
  type Execution,
  requireShipment,
  resultOf,
  type Shipment,
  shipmentEvent,
} from '../execution.ts';
import { loadExecution } from '../execution-load.ts';
import { saveExecution } from '../execution-save.ts';
import { dataRefusal, requireArrival, requireTimes, shipmentFacts, shipmentGuards } from '../shipment-rules.ts';
import { exceptionTask, trackTask } from '../tasks.ts';

export type TrackShipment = {
  shipmentId: string;
  at: Date;
  kind: 'progress' | 'exception' | 'settled';
  exceptionKind: 'late' | 'damaged' | 'lost' | 'refused' | 'short' | 'other' | null;
  place: string | null;
  note: string;
  newExpectedOn: string | null;
  carrierId: string | null;
  waybillNo: string | null;
};

export const trackShipment = defineBatch<TrackShipment, Execution, null>({
  name: 'shipment.track',
  refuses: [
    'shipment.not_found',
    'shipment.wrong_state',
    'shipment.time_order',
    'shipment.no_exception',
    'carrier.not_found',
    'field.required',
  ],
  maxBatch: 256,
  load: (tx, commands, env) =>
    loadExecution(
      tx,
      commands.map(({ input }) => ({ shipmentId: input.shipmentId })),
      { env, now: commands[0]?.now ?? new Date(0) },
    ),
  decide: (state, command, env) =>
    decided(() => {
      const { order, shipment } = requireShipment(state, command, command.input.shipmentId);
      refuseIf(shipmentMachine.refusals('track', shipment.row.state, shipmentGuards, shipmentFacts(order, shipment)));
      check(state, command, env, shipment);
      return { ...track(state, command, env, order, shipment), answer: resultOf(shipment.row, order) };
    }),
  save: saveExecution,
  savesAtOnce: true,
});

function check(state: Execution, { input, now }: Command<TrackShipment>, env: Env, { row }: Shipment): void {
  requireTimes(input.at, now, 'at', row.shipped_at);
  requireArrival(input.newExpectedOn, input.at, env.company.timeZone, 'newExpectedOn');
  if (input.kind === 'exception' && input.exceptionKind === null)
    throw refuse('field.required', undefined, 'exceptionKind');
  if (input.kind === 'settled' && !row.has_exception) throw refuse('shipment.no_exception', undefined, 'kind');
  if (input.carrierId !== null && !state.carriers.has(input.carrierId))
    throw refuse('carrier.not_found', undefined, 'carrierId');
}

function track(
  state: Execution,
  { input, now, actor }: Command<TrackShipment>,
  env: Env,
  order: ExecOrder,
  shipment: Shipment,
) {
  const { row } = shipment;
  const trackingId = newId(now);
  const oldExpectedOn = row.expected_on;
  row.carrier_id = input.carrierId ?? row.carrier_id;
  row.waybill_no = input.waybillNo ?? row.waybill_no;
  row.expected_on = input.newExpectedOn ?? row.expected_on;
  if (input.at.getTime() > row.last_news_at.getTime()) row.last_news_at = input.at;
  row.has_exception = input.kind === 'exception' || (row.has_exception && input.kind !== 'settled');
  const data = {
    carrierId: row.carrier_id,
    waybillNo: row.waybill_no,
    expectedOn: row.expected_on,
    missingDataReason: null,
  };
  if (dataRefusal(data) === null) row.missing_data_reason = null;
  state.touched.tracking.add({
    id: trackingId,
    shipment_id: row.id,
    partner_id: row.partner_id,
    at: input.at,
    kind: input.kind,
    exception_kind: input.kind === 'exception' ? input.exceptionKind : null,
    place: input.place,
    note: input.note,
    new_expected_on: input.newExpectedOn,
    recorded_by: actor.kind === 'system' ? null : actor.userId,
    recorded_at: now,
  });
  const tasks: TaskChange[] = [{ closeOf: row.id, family: 'shipment.track' }, trackTask(row, order.row, env, now)];
  if (input.kind !== 'progress') tasks.push({ closeOf: row.id, family: 'shipment.exception' });
  if (input.kind === 'exception') tasks.push(exceptionTask(row, order.row, env, now));
  const event = shipmentEvent(state, shipment, 'shipment.tracked', {
    trackingId,
    at: input.at.toISOString(),
    kind: input.kind,
    exceptionKind: input.kind === 'exception' ? input.exceptionKind : null,
    place: input.place,
    expectedOn: row.expected_on,
    oldExpectedOn,
    hasNewArrival: row.expected_on !== oldExpectedOn,
    carrierId: row.carrier_id,
    waybillNo: row.waybill_no,
  });
  return { events: [event], tasks };
}

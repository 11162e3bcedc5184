/** Front door of picking and shipping. */
export {
  nextPickingNos,
  type PickingNeed,
  type PickingPlan,
  pickingNosFor,
  planPickings,
  savePickings,
} from './picking-plan.ts';

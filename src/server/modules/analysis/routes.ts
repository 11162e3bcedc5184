import * as contract from '../../../contract/work.ts';
import { type Route, read } from '../../platform/http/route.ts';
import { readDashboard } from './dashboard-queries.ts';

export const analysisRoutes: Route[] = [
  read(contract.dashboardGet, ({ tx, actor, env, now }) => readDashboard(tx, { actor, env, now })),
];

import { partnerFigures } from '../../../contract/figures.ts';
import * as contract from '../../../contract/work.ts';
import { type Route, read } from '../../platform/http/route.ts';
import { readDashboard } from './dashboard-queries.ts';
import { readPartnerFigures } from './partner-figures.ts';

export const analysisRoutes: Route[] = [
  read(contract.dashboardGet, ({ tx, actor, env, now }) => readDashboard(tx, { actor, env, now })),
  read(partnerFigures, ({ tx, params, actor, env, now }) =>
    readPartnerFigures(tx, params.partnerId, { actor, env, now }),
  ),
];

import * as contract from '../../../contract/work.ts';
import { type Route, read } from '../../platform/http/route.ts';
import { readSearch } from './search-queries.ts';

export const searchRoutes: Route[] = [
  read(contract.search, ({ tx, query, actor, env, now, locale }) => readSearch(tx, query, { actor, env, now, locale })),
];

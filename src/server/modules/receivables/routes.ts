/** Reads of receivables over HTTP. Writes cross modules: see src/server/processes. */
import * as contract from '../../../contract/payments.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { postOpeningBalance, reverseOpeningBalance } from './commands/opening-balance.ts';
import { listDueItems } from './due-queries.ts';
import { listOpenItems, readPartnerLedger } from './ledger-queries.ts';
import { listOpeningBalances } from './opening-balance-queries.ts';
import { listPayments, proposalsForPartner, proposalsForPayment, readPayment } from './payment-queries.ts';

export const receivablesRoutes: Route[] = [
  read(contract.paymentsList, ({ tx, query, ...seeker }) => listPayments(tx, query, seeker)),
  read(contract.paymentGet, ({ tx, params, actor, locale }) => readPayment(tx, params.paymentId, { actor, locale })),
  read(contract.paymentProposals, ({ tx, params, env, now }) => proposalsForPayment(tx, params.paymentId, env, now)),
  read(contract.partnerProposals, ({ tx, params, query, env, now }) =>
    proposalsForPartner(tx, params.partnerId, query.amount, env, now),
  ),
  read(contract.partnerLedger, ({ tx, params, query }) => readPartnerLedger(tx, params.partnerId, query)),
  read(contract.openItems, ({ tx, query, actor, env, now }) => listOpenItems(tx, query, actor, env, now)),
  read(contract.openingBalanceList, ({ tx, query }) => listOpeningBalances(tx, query)),
  read(contract.dueItems, ({ tx, query, actor, env, now }) => listDueItems(tx, query, actor, env, now)),
  write(contract.openingBalancePost, postOpeningBalance, ({ body }) => body),
  write(contract.openingBalanceReverse, reverseOpeningBalance, ({ params, body }) => ({ ...params, ...body })),
];

/** For whom policy parameters are asked: a partner's level, and its agreement on a day. Source: process.md (deadlines), R4.1. */
import { type Sql, sql } from '../../platform/db/database.ts';
import type { PolicyScope } from '../../platform/pipeline/types.ts';

export type ScopeColumns = { level: string | null; agreement_id: string | null };

/** The columns of {@link ScopeColumns} beside a partner. `partner`: its alias; `day`: a date. */
export const scopeColumns = (partner: Sql, day: Sql): Sql =>
  sql`${partner}.level, (select g.id from agreement g where g.partner_id = ${partner}.id and g.valid_from <= ${day} and g.valid_to >= ${day}) as agreement_id`;

export const scopeOf = ({ level, agreement_id }: ScopeColumns): PolicyScope => ({ level, agreementId: agreement_id });

/**
 * Taking the place of a person of the demo company without a password. Only on the machine itself: the database carries the demo flag, the
 * caller's address is loopback, Host names this machine (so that no page elsewhere can be rebound to it) and no proxy stands between.
 */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { DemoIdentity, SessionView, sessionDemoSignIn } from '../../../contract/session.ts';
import { ROLES } from '../../../contract/roles.ts';
import { refuse } from '../../kernel/refusal.ts';
import { COMPANY, sql, type Tx } from '../../platform/db/database.ts';
import type { RawCall } from '../../platform/http/route.ts';
import type { Services } from '../../platform/http/services.ts';
import { beginSession } from './session-handlers.ts';
import { isLoopback } from './sign-in-guard.ts';

type Identity = z.output<typeof DemoIdentity>;

const STAFF_AT_MOST = 40;
const PARTNERS_AT_MOST = 12;

export function demoIsAvailable(services: Services, request: FastifyRequest): boolean {
  const forwarded = Object.keys(request.headers).some(
    (name) => name === 'forwarded' || name === 'via' || name === 'x-real-ip' || name.startsWith('x-forwarded'),
  );
  return (
    services.demo &&
    !forwarded &&
    isLoopback(request.socket.remoteAddress ?? '') &&
    /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(request.headers.host ?? '')
  );
}

function requireDemo(services: Services, request: FastifyRequest): void {
  if (!demoIsAvailable(services, request)) throw refuse('session.demo_unavailable');
}

type Row = {
  id: string;
  kind: 'staff' | 'partner';
  name: string;
  name_en: string | null;
  roles: Identity['roles'];
  partner_name: string | null;
  partner_name_en: string | null;
};

/** Staff in the order in which they came, then people of the first partners. */
async function readIdentities(tx: Tx): Promise<Identity[]> {
  const rows = await tx.query<Row>(sql`
    with people as (
      select u.id, u.kind, u.name, u.name_en, p.name as partner_name, p.name_en as partner_name_en, p.no,
        (select coalesce(array_agg(r.role order by r.role), '{}') from user_role r where r.user_id = u.id) as roles
      from app_user u left join partner p on p.id = u.partner_id
      where u.state = 'active' and u.kind <> 'service' and (u.partner_id is null or p.state = 'active'))
    (select *, 1 as part from people where kind = 'staff' and roles <> '{}' order by id limit ${STAFF_AT_MOST})
    union all
    (select *, 2 as part from people where kind = 'partner' and roles <> '{}' order by no, id limit ${PARTNERS_AT_MOST})
    order by part, no nulls first, id`);
  return rows.map((row) => ({
    userId: row.id,
    kind: row.kind,
    name: row.name,
    nameEn: row.name_en,
    roles: row.roles,
    partnerName: row.partner_name,
    partnerNameEn: row.partner_name_en,
  }));
}

/** As the chain of work runs: sales first, administrators last; people of partners keep their order behind staff. */
const placeOf = ({ kind, roles }: Identity) =>
  kind === 'partner' ? ROLES.length : Math.min(...roles.map((role) => ROLES.indexOf(role)));

export async function demoIdentities({
  services,
  request,
}: {
  services: Services;
  request: FastifyRequest;
}): Promise<{ items: Identity[] }> {
  requireDemo(services, request);
  const items = await services.database.read(COMPANY, readIdentities);
  return { items: items.sort((a, b) => placeOf(a) - placeOf(b)) };
}

type Call = RawCall<
  NonNullable<(typeof sessionDemoSignIn)['params']>,
  NonNullable<(typeof sessionDemoSignIn)['query']>,
  NonNullable<(typeof sessionDemoSignIn)['body']>
>;

export async function demoSignIn(call: Call): Promise<z.output<typeof SessionView>> {
  const { services, request, body } = call;
  requireDemo(services, request);
  const rows = await services.database.read(COMPANY, (tx) =>
    tx.query<{ id: string; epoch: number; login: string }>(
      sql`select id, epoch, login from app_user where id = ${body.userId} and state = 'active' and kind <> 'service'`,
    ),
  );
  if (rows[0] === undefined) throw refuse('user.not_found', undefined, 'userId');
  return beginSession(call, rows[0], { login: rows[0].login, kind: 'demo_sign_in' });
}

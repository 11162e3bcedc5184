/** People of the demo company and of its partners, and the keys with which systems of partners place orders. */
import { createHmac } from 'node:crypto';
import type { Role } from '../../../src/contract/roles.ts';
import { createUser } from '../../../src/server/modules/identity/commands/create-user.ts';
import { hashPassword } from '../../../src/server/modules/identity/passwords.ts';
import { createKey } from '../../../src/server/modules/identity/commands/create-key.ts';
import { systemActor } from '../../../src/server/platform/auth/authenticate.ts';
import { hashToken, newApiKey } from '../../../src/server/platform/auth/tokens.ts';
import { sql } from '../../../src/server/platform/db/database.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import { toUnits } from '../decimal-text.ts';
import type { DemoPlan } from '../demo/types.ts';
import { get } from './demo-world.ts';
import { actorOf, idOf, type Seed } from './session.ts';

export type SignIn = { login: string; password: string; name: string; roles: readonly Role[] };

type Somebody = {
  key: string;
  login: string;
  name: string;
  nameEn: string;
  phone: string | null;
  roles: readonly Role[];
  partnerKey: string | null;
  approvalLimit: bigint | null;
};

/** Partners whose people get passwords, when passwords are asked for. */
const PARTNERS_WITH_PASSWORDS = 3;

const staffOf = (plan: DemoPlan): Somebody[] =>
  plan.masters.staff.map(({ key, name, email, phone, roles, approvalLimit }) => ({
    key,
    login: email,
    name: name.hans,
    nameEn: name.en,
    phone,
    roles,
    partnerKey: null,
    approvalLimit: approvalLimit === null ? null : toUnits(approvalLimit, 2),
  }));

const partnerPeopleOf = (plan: DemoPlan): Somebody[] =>
  plan.masters.partners.flatMap((partner) =>
    partner.users.map(({ key, name, nameEn, email, roles }) => ({
      key,
      login: email,
      name,
      nameEn,
      phone: null,
      roles,
      partnerKey: partner.key,
      approvalLimit: null,
    })),
  );

/** A password that only this installation has: from its secret and the login. */
export function demoPassword(secret: string, login: string): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const bytes = createHmac('sha256', secret).update(`demo sign-in of ${login}`).digest();
  return [...bytes.subarray(0, 12)].map((byte) => letters.charAt(byte % letters.length)).join('');
}

export type People = { actors: Map<string, Actor>; signIns: SignIn[] };

/** Makes staff. `secret` null: nobody gets a password. */
export const makeStaff = (seed: Seed, plan: DemoPlan, now: Date, secret: string | null): Promise<People> =>
  makePeople(seed, staffOf(plan), now, new Map(), () => secret);

/** Makes the people of partners, which exist already. */
export function makePartnerPeople(
  seed: Seed,
  plan: DemoPlan,
  now: Date,
  partners: ReadonlyMap<string, string>,
  secret: string | null,
): Promise<People> {
  const first = new Set(plan.masters.partners.slice(0, PARTNERS_WITH_PASSWORDS).map(({ key }) => key));
  return makePeople(seed, partnerPeopleOf(plan), now, partners, (one) =>
    one.partnerKey !== null && first.has(one.partnerKey) ? secret : null,
  );
}

async function makePeople(
  seed: Seed,
  people: readonly Somebody[],
  now: Date,
  partners: ReadonlyMap<string, string>,
  secretFor: (one: Somebody) => string | null,
): Promise<People> {
  const signIns: SignIn[] = [];
  const inputs = await Promise.all(
    people.map(async (one) => {
      const secret = secretFor(one);
      const password = secret === null ? null : demoPassword(secret, one.login);
      if (password !== null) signIns.push({ login: one.login, password, name: one.name, roles: one.roles });
      return {
        login: one.login,
        name: one.name,
        nameEn: one.nameEn,
        email: one.login,
        phone: one.phone,
        roles: one.roles,
        partnerId: one.partnerKey === null ? null : get(partners, one.partnerKey),
        approvalLimit: one.approvalLimit,
        passwordHash: password === null ? null : await hashPassword(password),
        state: 'active' as const,
      };
    }),
  );
  const bodies = await seed.runAll(
    createUser,
    inputs.map((input) => ({ actor: systemActor, now, about: input.login, input })),
  );
  const actors = inputs.map((input, i) => actorOf({ ...input, userId: idOf(bodies[i]) }));
  return { actors: new Map(people.map(({ key }, i) => [key, actors[i] ?? systemActor])), signIns };
}

/**
 * A key for each partner whose system places orders. Nobody has its secret: whoever wants to try one makes a new key.
 */
export async function makeSystems(
  seed: Seed,
  plan: DemoPlan,
  now: Date,
  partners: ReadonlyMap<string, string>,
  maker: Actor,
): Promise<Map<string, Actor>> {
  const keys = new Set(plan.orders.filter(({ channel }) => channel === 'api').map(({ partnerKey }) => partnerKey));
  const roles: Role[] = ['partner_buyer'];
  const wanted = plan.masters.partners.filter(({ key }) => keys.has(key));
  await seed.runAll(
    createKey,
    wanted.map((partner) => {
      const { key: secret, prefix } = newApiKey();
      const name = `${partner.shortName} ERP`;
      const input = { name, roles, partnerId: get(partners, partner.key), secret, keyHash: hashToken(secret), prefix };
      return { actor: maker, now, about: name, input };
    }),
  );
  const rows = await seed.read<{ id: string; user_id: string; name: string; partner_id: string; epoch: number }>(sql`
    select k.id, k.user_id, k.name, u.partner_id, u.epoch from api_key k join app_user u on u.id = k.user_id`);
  return new Map(
    wanted.flatMap(({ key }) => {
      const row = rows.find(({ partner_id }) => partner_id === partners.get(key));
      if (row === undefined) return [];
      const { id, user_id: userId, name, partner_id: partnerId, epoch } = row;
      const actor = actorOf({ userId, name, login: `key:${id}`, roles, partnerId, approvalLimit: null });
      return [[key, { ...actor, personId: maker.personId, credential: { kind: 'key' as const, id, epoch } }]];
    }),
  );
}

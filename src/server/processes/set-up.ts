/** The first set-up of an empty installation: the company and its two administrators, with the code that the server printed at its start. */
import { DELIVERY_METHODS } from '../../contract/order-shapes.ts';
import type { z } from 'zod';
import { setupCreate, setupGet } from '../../contract/session.ts';
import { isCurrency } from '../kernel/currency.ts';
import { newId } from '../kernel/ids.ts';
import { refuse } from '../kernel/refusal.ts';
import {
  addUser,
  admitted,
  attemptSucceeded,
  codeHash,
  firstVisitorCodeFits,
  hashPassword,
  refuseWeakPassword,
  setUpIsNeeded,
} from '../modules/identity/index.ts';
import { companyTable } from '../modules/company/index.ts';
import { accessLogTable, accessRow } from '../platform/auth/access-log.ts';
import { systemActor } from '../platform/auth/authenticate.ts';
import { COMPANY, sql } from '../platform/db/database.ts';
import { insertRows } from '../platform/db/table.ts';
import { type RawCall, type Route, raw } from '../platform/http/route.ts';
import { defineCommand } from '../platform/pipeline/define.ts';
import { execute } from '../platform/pipeline/run.ts';

type Body = z.output<NonNullable<(typeof setupCreate)['body']>>;
type Input = Body & { hash: Buffer; passwordHashes: { system: string; security: string } };

/** Refused once anybody exists: two visitors at once are decided by the lock on the code. */
const setUp = defineCommand<Input>({
  name: 'installation.set_up',
  refuses: ['setup.done', 'token.invalid', 'user.login_taken'],
  async run({ tx, command, emit }, input) {
    const { now } = command;
    await tx.query(sql`select 1 from one_time_token where token_hash = ${input.hash} for update`);
    if (!(await setUpIsNeeded(tx))) throw refuse('setup.done');
    if (!(await firstVisitorCodeFits(tx, input.hash, now))) throw refuse('token.invalid', undefined, 'code');
    await tx.run(sql`update one_time_token set used_at = ${now} where token_hash = ${input.hash}`);
    const { company } = input;
    const id = newId(now);
    await insertRows(tx, companyTable, [
      {
        id,
        name: company.name,
        name_en: company.nameEn ?? null,
        tax_no: null,
        address: null,
        phone: null,
        currency: company.currency,
        time_zone: company.timeZone,
        logo_svg: null,
        delivery_method: DELIVERY_METHODS[0],
        version: 1,
        updated_at: now,
      },
    ]);
    emit({
      documentType: 'company',
      documentId: id,
      documentNo: null,
      version: 1,
      type: 'company.created',
      partnerId: null,
      payload: { name: company.name, currency: company.currency, timeZone: company.timeZone },
    });
    const { locale } = input;
    const system = await addUser(tx, now, {
      ...input.systemAdmin,
      locale,
      roles: ['system_admin'],
      passwordHash: input.passwordHashes.system,
      state: 'active',
    });
    const security = await addUser(tx, now, {
      ...input.securityAdmin,
      locale,
      roles: ['security_admin'],
      passwordHash: input.passwordHashes.security,
      state: 'active',
    });
    emit(system.event);
    emit(security.event);
    await insertRows(tx, accessLogTable, [accessRow({ at: now, kind: 'set_up', ip: command.from ?? null })]);
    return { status: 201, body: { companyId: id } };
  },
});

type Call = RawCall<
  NonNullable<(typeof setupCreate)['params']>,
  NonNullable<(typeof setupCreate)['query']>,
  NonNullable<(typeof setupCreate)['body']>
>;

async function answer(call: Call): Promise<{ companyId: string }> {
  const { services, body, now, requestId, request } = call;
  const attemptId = await admitted(call, '#set-up');
  const hash = codeHash(body.code);
  const [needed, fits] = await services.database.read(COMPANY, (tx) =>
    Promise.all([setUpIsNeeded(tx), firstVisitorCodeFits(tx, hash, now)]),
  );
  if (!needed) throw refuse('setup.done');
  if (!fits) throw refuse('token.invalid', undefined, 'code');
  await services.database.write(COMPANY, (tx) => attemptSucceeded(tx, attemptId, now));
  const { company, systemAdmin, securityAdmin } = body;
  if (!isCurrency(company.currency)) throw refuse('field.currency', undefined, 'company.currency');
  if (!isTimeZone(company.timeZone)) throw refuse('company.time_zone', undefined, 'company.timeZone');
  const names = [company.name, company.nameEn ?? null];
  refuseWeakPassword(systemAdmin.password, [...names, systemAdmin.name, systemAdmin.login], 'systemAdmin.password');
  refuseWeakPassword(
    securityAdmin.password,
    [...names, securityAdmin.name, securityAdmin.login],
    'securityAdmin.password',
  );
  const passwordHashes = {
    system: await hashPassword(systemAdmin.password),
    security: await hashPassword(securityAdmin.password),
  };
  const outcome = await execute(services.runtime, setUp, {
    input: { ...body, hash, passwordHashes },
    actor: systemActor,
    now,
    requestId,
    from: request.ip,
  });
  services.settings.forget();
  services.authenticator.forget();
  return JSON.parse(outcome.body);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const setUpRoutes: Route[] = [
  raw(setupGet, async ({ services }) => ({ needed: await services.database.read(COMPANY, setUpIsNeeded) })),
  raw(setupCreate, answer),
];

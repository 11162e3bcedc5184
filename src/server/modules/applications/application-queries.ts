/** Applications as staff and as applicants get them. */
import type { z } from 'zod';
import {
  type ApplicationRow,
  type ApplicationStatus,
  type ApplicationView,
  applicationFilters,
} from '../../../contract/applications.ts';
import { applicationMachine } from '../../../contract/machines/application.ts';
import { foldText } from '../../kernel/text.ts';
import { refuse } from '../../kernel/refusal.ts';
import { sql, type Tx } from '../../platform/db/database.ts';
import { columnsOf } from '../../platform/db/table.ts';
import { COUNT_UP_TO, likeText, totalOf } from '../../platform/http/listing.ts';
import { refusalView } from '../../platform/http/messages.ts';
import { decodeTypedCursor, pageOf } from '../../platform/http/page.ts';
import type { Actor } from '../../platform/pipeline/types.ts';
import { regionText } from '../company/index.ts';
import { findDuplicates, nameColumns, widenToCompany } from '../partners/index.ts';
import { contentOf, refusalsOf, stateOf } from './application-load.ts';
import { type ApplicationTableRow, applicationTable } from './application-tables.ts';

type View = z.output<typeof ApplicationView>;
type Filter = z.output<z.ZodObject<typeof applicationFilters>> & { cursor?: string | undefined; limit: number };
type Joined = ApplicationTableRow & {
  due_at: Date | null;
  decided_by_name: string | null;
  partner_no: string | null;
  partner_name: string | null;
  partner_name_en: string | null;
};

const joined = sql`select ${columnsOf(applicationTable, 'a')},
    (select min(t.due_at) from task t where t.document_id = a.id and t.closed_at is null) as due_at,
    u.name as decided_by_name, p.no as partner_no, p.name as partner_name, p.name_en as partner_name_en
  from partner_application a left join app_user u on u.id = a.decided_by left join partner p on p.id = a.became_partner_id`;

export async function listApplications(tx: Tx, filter: Filter) {
  const cursor = decodeTypedCursor(filter.cursor, ['id']);
  const states = filter.state === undefined ? null : [filter.state].flat();
  const q = likeText(filter.q);
  const up = filter.sort === 'submittedAt';
  const where = sql`(${states}::text[] is null or a.state = any(${states}::text[]))
    and (${q}::text is null or a.no ilike '%' || ${q}::text || '%' or lower(a.content ->> 'name') like '%' || ${q === null ? null : foldText(q)}::text || '%')`;
  const after = cursor === null ? sql`true` : up ? sql`a.id > ${cursor[0]}::uuid` : sql`a.id < ${cursor[0]}::uuid`;
  const [rows, counts] = await Promise.all([
    tx.query<Joined>(
      sql`${joined} where ${where} and ${after} order by a.id ${up ? sql`asc` : sql`desc`} limit ${filter.limit + 1}`,
    ),
    cursor === null
      ? tx.query<{ n: bigint }>(
          sql`select count(*) as n from (select 1 from partner_application a where ${where} limit ${COUNT_UP_TO}) c`,
        )
      : [],
  ]);
  return pageOf(rows, filter.limit, rowView, (row) => [row.id], totalOf(counts));
}

const rowView = (row: Joined): z.output<typeof ApplicationRow> => ({
  id: row.id,
  no: row.no,
  version: row.version,
  state: stateOf(row),
  name: contentOf(row)?.name ?? null,
  contactName: contentOf(row)?.contact.name ?? null,
  submittedAt: row.submitted_at.toISOString(),
  stateSince: row.state_since.toISOString(),
  dueAt: row.due_at?.toISOString() ?? null,
});

/** With who may be the same company, looked for among all partners, whatever the reader may see of them. */
export async function readApplication(tx: Tx, id: string, actor: Actor): Promise<View> {
  await widenToCompany(tx);
  const [row] = await tx.query<Joined>(sql`${joined} where a.id = ${id}`);
  if (row === undefined) throw refuse('application.not_found');
  const content = contentOf(row);
  const duplicates =
    content === null
      ? []
      : await findDuplicates(tx, {
          id: row.became_partner_id,
          uscc: content.uscc?.toUpperCase() ?? null,
          phones: [content.contact.phone],
          ...nameColumns(content.name),
        });
  return {
    ...rowView(row),
    content,
    regionText: regionText(content?.regionCode ?? null),
    addressText:
      content === null
        ? null
        : `${regionText(content.address.regionCode ?? null) ?? content.address.regionText ?? ''}${content.address.detail}`,
    question: row.question,
    reason: row.reason,
    decidedBy: row.decided_by === null ? null : { id: row.decided_by, name: row.decided_by_name ?? '' },
    partner:
      row.became_partner_id === null
        ? null
        : {
            id: row.became_partner_id,
            no: row.partner_no ?? '',
            name: row.partner_name ?? '',
            nameEn: row.partner_name_en,
          },
    possibleDuplicates: duplicates.map(({ id: other, no, name, name_en, why }) => ({
      id: other,
      no,
      name,
      nameEn: name_en,
      why,
    })),
    allowedActions: applicationMachine
      .actionsFrom(stateOf(row))
      .filter((action) => !applicationMachine.row(action).actor.includes('system'))
      .filter((action) => (actor.permissions as ReadonlySet<string>).has(applicationMachine.row(action).permission))
      .map((action) => ({
        action,
        refusals: refusalsOf(action, row).map((refusal) => refusalView(refusal, actor.locale)),
        ...(action === 'accept' ? { primary: true } : {}),
      })),
  };
}

/** What whoever holds the link may know. */
export async function statusView(tx: Tx, row: ApplicationTableRow): Promise<z.output<typeof ApplicationStatus>> {
  const [account] =
    row.account_id === null
      ? []
      : await tx.query<{ state: string }>(sql`select state from app_user where id = ${row.account_id}`);
  return {
    no: row.no,
    version: row.version,
    state: stateOf(row),
    submittedAt: row.submitted_at.toISOString(),
    question: row.state === 'needs_data' ? row.question : null,
    reason: row.state === 'refused' ? row.reason : null,
    content: contentOf(row),
    accountWaits: account?.state === 'invited',
  };
}

/** The generated pages as (path, text): written by gen.ts, compared by the freshness test. */
import { ERRORS, type ErrorCode } from '../../src/contract/errors.ts';
import zhHant from '../../src/contract/i18n/zh-Hant/errors.json' with { type: 'json' };
import en from '../../src/contract/i18n/en/errors.json' with { type: 'json' };
import { machineMermaid } from '../../src/contract/machine.ts';
import { operations } from '../../src/contract/operations.ts';
import { DEFAULT_POLICY } from '../../src/contract/policy.ts';
import { PERMISSIONS, ROLES } from '../../src/contract/roles.ts';
import { TASK_KINDS } from '../../src/contract/tasks.ts';
import { webClientSource } from '../gen-web-client.ts';
import { MACHINES } from './machines.ts';
import { openApi } from '../../src/server/platform/http/openapi.ts';

export type Generated = { path: string; text: string };

export async function generatedFiles(): Promise<Generated[]> {
  return [
    { path: 'docs/generated/openapi.json', text: `${JSON.stringify(openApi(operations, '1.0.0'), null, 1)}\n` },
    { path: 'docs/generated/state-machines.md', text: stateMachines() },
    { path: 'docs/generated/permissions.md', text: permissions() },
    { path: 'docs/generated/errors.md', text: errors() },
    { path: 'docs/generated/events-and-tasks.md', text: eventsAndTasks() },
    { path: 'docs/generated/policy.md', text: policy() },
    { path: 'src/web/api/routes.generated.ts', text: await webClientSource() },
  ];
}

const HEAD = '<!-- Made by `npm run gen`; do not edit. -->\n\n';

function stateMachines(): string {
  const parts = MACHINES.map((machine) => {
    const rows = machine.rows.map(
      (row) =>
        `| ${row.from.join(', ') || '–'} | ${row.action} | ${[row.to].flat().join(' or ')} | ${row.actor.join(', ')} | ${row.permission} | ${row.guards.join('<br>') || '–'} | ${row.clock ?? '–'} | ${row.event} | ${row.task ?? '–'} | ${row.article} | ${row.reversedBy ?? '–'} |`,
    );
    return `## ${machine.name}\n\n\`\`\`mermaid\n${machineMermaid(machine)}\`\`\`\n\n| from | action | to | actor | permission | guards | clock | event | task | article | taken back by |\n|---|---|---|---|---|---|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `${HEAD}# Life cycles\n\n${parts.join('\n')}`;
}

function permissions(): string {
  const names = Object.keys(PERMISSIONS) as (keyof typeof PERMISSIONS)[];
  const rows = names.map(
    (name) =>
      `| ${name} | ${ROLES.filter((role) => (PERMISSIONS[name] as readonly string[]).includes(role)).join(', ')} |`,
  );
  const used = operations.map(
    (operation) =>
      `| ${operation.id} | ${operation.method} ${operation.path} | ${operation.can} | ${operation.article ?? '–'} |`,
  );
  return `${HEAD}# Permissions\n\n| permission | roles |\n|---|---|\n${rows.join('\n')}\n\n# Operations\n\n| operation | route | permission | article |\n|---|---|---|---|\n${used.join('\n')}\n`;
}

type Texts = Record<string, { title: string; detail: string } | undefined>;

function errors(): string {
  const text = (code: ErrorCode) =>
    `| ${code} | ${ERRORS[code]} | ${(zhHant as Texts)[code]?.title ?? ''} | ${(en as Texts)[code]?.title ?? ''} | ${(en as Texts)[code]?.detail ?? ''} |`;
  return `${HEAD}# Error codes\n\n| code | status | 說明 | meaning | way out |\n|---|---|---|---|---|\n${(Object.keys(ERRORS) as ErrorCode[]).map(text).join('\n')}\n`;
}

function eventsAndTasks(): string {
  const events = MACHINES.flatMap((machine) =>
    machine.rows.map((row) => `| ${row.event} | ${machine.name} | ${row.action} | ${row.article} |`),
  );
  const tasks = Object.entries(TASK_KINDS).map(
    ([kind, row]) => `| ${kind} | ${row.side} | ${row.role} | ${row.article} |`,
  );
  return `${HEAD}# Events of the life cycles\n\n| event | document | action | article |\n|---|---|---|---|\n${[...new Set(events)].join('\n')}\n\n# Kinds of tasks\n\n| kind | side | role | article |\n|---|---|---|---|\n${tasks.join('\n')}\n`;
}

function policy(): string {
  const rows = Object.entries(DEFAULT_POLICY).map(
    ([code, row]) => `| ${code} | ${row.value} ${row.unit} | ${row.article} |`,
  );
  return `${HEAD}# Policy parameters and their defaults\n\nwh working hours, wd working days, h hours, d calendar days.\n\n| parameter | default | article |\n|---|---|---|\n${rows.join('\n')}\n`;
}

/** Every change of a partner file: who, when, what stood there before and after. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/client.ts';
import { QueryTable } from '../../ui/query-table.tsx';
import { DateTime } from '../../ui/values.tsx';
import { parseTerm, type PaymentTerm, useTermText } from '../orders/term-text.ts';
import type { Partner } from './partner-file-values.ts';

type Row = Item<'partnerHistory'>;
type Change = Row['changes'][number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;
/** Links to other records have no words of their own here. */
const isLink = ({ before, after }: Change): boolean => UUID.test(after ?? '') || UUID.test(before ?? '');
/** Whose words the values of a field are, where it is not its own name. */
const FAMILIES: Record<string, string> = { state: 'partner', reviewer: 'role' };
const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A payment term as the log holds it; null when it is none. */
function termIn(text: string): PaymentTerm | null {
  const value = readJson(text);
  if (!isRecord(value)) return null;
  const pairs = Object.entries(value).filter(([name]) => name !== 'kind');
  return parseTerm([String(value['kind']), ...pairs.map(([name, part]) => `${name}=${String(part)}`)].join(' '));
}

/** Codes in a list of the log: own item codes that were set or removed. */
function codesIn(text: string): string | null {
  const value = readJson(text);
  if (!Array.isArray(value)) return null;
  return value.map((one: unknown) => String(isRecord(one) ? (one['code'] ?? '') : one)).join(' ');
}

export function PartnerHistory({ partner }: { partner: Partner }): ReactElement {
  const { t, i18n } = useTranslation();
  const termText = useTermText();
  const known = (key: string) => (i18n.exists(key) ? t(key) : null);
  const nameOf = (field: string) => known(`states.field.${field}`);
  const valueOf = (field: string, text: string): string => {
    if (text === 'true') return t('partners.yes');
    if (text === 'false') return t('partners.notSo');
    const term = field === 'paymentTerm' ? termIn(text) : null;
    if (term !== null) return termText(term);
    if (field === 'fields')
      return text
        .split(', ')
        .map((name) => nameOf(name) ?? name)
        .join(' · ');
    const family = FAMILIES[field] ?? field;
    return known(`states.${family}.${text}`) ?? codesIn(text) ?? text;
  };
  const told = (change: Change) => {
    const field = camel(change.field);
    const label = t('common.labelled', { label: nameOf(field) ?? field });
    if (change.hidden || isLink(change)) return `${label}${t('partners.changedHidden')}`;
    const after = change.after === null ? t('partners.emptied') : valueOf(field, change.after);
    return `${label}${change.before === null ? after : `${valueOf(field, change.before)} → ${after}`}`;
  };
  /** What has no words of its own, a link or how many records moved, says nothing that the event does not say. */
  const worthTelling = (change: Change) =>
    change.after !== '[]' &&
    !((isLink(change) || isRecord(readJson(change.after ?? ''))) && nameOf(camel(change.field)) === null);
  return (
    <QueryTable
      operation="partnerHistory"
      id="partner-history"
      params={{ partnerId: partner.id }}
      rowKey={({ version }) => String(version)}
      columns={[
        { key: 'version', title: t('partners.version'), align: 'right', render: ({ version }) => version },
        { key: 'at', title: t('partners.changedAt'), render: ({ at }) => <DateTime value={at} /> },
        { key: 'actor', title: t('partners.changedBy'), render: ({ actor }) => actor ?? t('common.system') },
        {
          key: 'type',
          title: t('partners.event'),
          render: ({ type }) => (i18n.exists(`states.event.${type}`) ? t(`states.event.${type}`) : type),
        },
        {
          key: 'changes',
          title: t('partners.changes'),
          render: ({ changes }) => (
            <ul className="qc-plain" style={{ whiteSpace: 'normal', maxWidth: 560 }}>
              {changes.filter(worthTelling).map((change) => (
                <li key={change.field}>{told(change)}</li>
              ))}
            </ul>
          ),
        },
      ]}
    />
  );
}

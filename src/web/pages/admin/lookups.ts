/** People, looked up while somebody types. */
import { api } from '../../api/client.ts';
import { nameNow } from '../../i18n/use-name.ts';
import type { Choice } from '../../ui/fields.tsx';
import { partnerChoice, personChoice } from '../orders/lookups.ts';

export async function findUsers(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: 20, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('usersList', { query }, { signal });
  return items.map((one) => ({ value: one.id, label: nameNow(one), hint: one.login }));
}

export async function findStaff(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api('staffList', { query: text === '' ? {} : { q: text } }, { signal });
  return items.map(personChoice);
}

/** Partners by name alone, for those who give people and keys a partner but read no partner files. */
export async function findPartnersOfUsers(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api('userPartnersList', { query: text === '' ? {} : { q: text } }, { signal });
  return items.map(partnerChoice);
}

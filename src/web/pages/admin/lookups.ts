/** People, looked up while somebody types. */
import { api } from '../../api/client.ts';
import type { Choice } from '../../ui/fields.tsx';

export async function findUsers(text: string, signal: AbortSignal): Promise<Choice[]> {
  const query = { limit: 20, ...(text === '' ? {} : { q: text }) };
  const { items } = await api('usersList', { query }, { signal });
  return items.map(({ id, name, login }) => ({ value: id, label: name, hint: login }));
}

export async function findStaff(text: string, signal: AbortSignal): Promise<Choice[]> {
  const { items } = await api('staffList', { query: text === '' ? {} : { q: text } }, { signal });
  return items.map(({ id, name, nameEn }) => ({
    value: id,
    label: name,
    ...(nameEn === null ? {} : { hint: nameEn }),
  }));
}

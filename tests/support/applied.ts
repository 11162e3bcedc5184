/** A company that applies to become a partner, as it does without an account. Returns the application's id. */
import type { TestApp } from './app.ts';

export async function applied(t: TestApp): Promise<string> {
  const { status, text } = await t.anonymous.post('/api/v1/applications', {
    privacyAgreed: true,
    content: {
      name: '海港單車行',
      country: 'HK',
      contact: { name: '陳小姐', phone: '+852 2345 6789', email: 'chan@harbour.example' },
      address: { regionText: '香港', detail: '海旁道 1 號' },
    },
  });
  if (status >= 300) throw new Error(`${status} ${text}`);
  const [row] = await t.sql<{ id: string }>('select id from partner_application limit 1');
  return row?.id ?? '';
}

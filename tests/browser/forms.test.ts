/**
 * The forms of chapters 3 and 4 on a telephone, in three languages: nothing reaches out of the window or is cut off, no text is
 * missing or of another language, every field has its name, Escape closes, and the focus comes back. `npm run look` does the same
 * for everything that opens anywhere.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf, settled } from '../../scripts/look/faults.ts';
import { goTo, type Tour, take } from '../../scripts/look/open.ts';
import { wrongWords } from '../../scripts/look/words.ts';
import { applied } from '../support/applied.ts';
import { goods } from '../support/goods.ts';
import { sayIn } from './main-job.ts';
import { type BrowserApp, browserApp, done, type Locale, soon } from './support.ts';

const LOCALES: readonly Locale[] = ['zh-Hant', 'zh-Hans', 'en'];
const SOON = soon();
const BUSINESS = ['sales', 'order_processing', 'production', 'finance', 'manager'] as const;

type Who = 'staff' | 'partner' | 'nobody';
/** What the buttons say: keys of texts. Without buttons, the page itself is the form. */
type Form = [title: string, who: Who, place: string, ...buttons: string[]];

const FORMS: readonly Form[] = [
  ['R3.1 a company applies', 'nobody', '/apply'],
  [
    'R3.1 an application is decided',
    'staff',
    '/applications/$application',
    'states.action.application.accept',
    'states.action.application.askBack',
    'states.action.application.refuse',
  ],
  ['R3.1 a partner file is opened', 'staff', '/partners', 'partners.new'],
  [
    'R3.1 R4.1 a partner file, its agreements, documents and addresses',
    'staff',
    '/partners/$partner',
    'partners.edit',
    'partners.addAgreement',
    'partners.addDocument',
    'partners.addContact',
    'partners.addAddress',
    'partners.setCredit',
    'partners.confirmFile',
    'states.action.partner.suspend',
  ],
  [
    'R3.1 a partner proposes changes of its file',
    'partner',
    '/portal/company',
    'portal.companyPropose',
    'partners.addAddress',
  ],
  ['R3.2 an inquiry is recorded', 'staff', '/inquiries/new'],
  ['R3.2 a partner says what is needed', 'partner', '/portal/inquiries/new', 'inquiries.paste'],
  [
    'R3.2 an inquiry is asked back, completed, declined',
    'staff',
    '/inquiries/$inquiry',
    'inquiries.askBackWithNote',
    'states.action.inquiry.answer',
    'states.action.inquiry.decline',
    'states.action.inquiry.withdraw',
  ],
  ['R3.3 an order is written', 'staff', '/orders/new'],
  ['R3.3 a partner orders', 'partner', '/portal/orders/new'],
  ['R3.3 a draft is submitted', 'staff', '/orders/$draft', 'states.action.order.submit', 'orders.saveTemplate'],
  ['R4.1 a product', 'staff', '/products', 'catalog.newProduct'],
  ['R4.1 a price list', 'staff', '/price-lists', 'catalog.newPriceList'],
  ['R4.1 a price', 'staff', '/price-lists/$list', 'catalog.addPrice', 'catalog.editPriceList'],
  ['R4.1 a promotion', 'staff', '/promotions', 'catalog.newPromotion'],
  [
    'R4.1 a deviation is settled',
    'staff',
    '/orders/$deviating',
    'orders.settleDiscrepancy',
    'states.action.order.sendBack',
  ],
  ['R4.2 a shortage is settled', 'staff', '/orders/$short', 'states.action.order.settleShortage'],
  [
    'R4.3 a reply is recorded, an order held, recalled, withdrawn',
    'staff',
    '/orders/$sent',
    'orders.acceptForPartner',
    'orders.objectForPartner',
    'states.action.order.recall',
    'states.action.order.withdraw',
    'orders.placeHold',
  ],
  [
    'R4.3 a partner replies',
    'partner',
    '/portal/orders/$sent',
    'states.action.order.accept',
    'states.action.order.object',
  ],
];

let b: BrowserApp;
const tokens: Record<Who, string | null> = { staff: null, partner: null, nobody: null };
const ids: Record<string, string> = {};

beforeAll(async () => {
  b = await browserApp();
  const staff = await b.t.signedIn({ role: BUSINESS, name: '林曉雲', approvalLimit: 100_000_000n });
  const partnerId = await b.t.partner({
    ownerId: staff.userId,
    name: '城南車行',
    paymentTerm: { kind: 'net_days', days: 30 },
  });
  const buyer = await b.t.signedIn({ partnerId, role: ['partner_admin', 'partner_buyer'], name: '王大明' });
  Object.assign(tokens, { staff: staff.token, partner: buyer.token });
  const g = await goods(b.t);
  await g.address(partnerId);
  const warehouse = await g.warehouse();
  const other = await g.product({ sku: 'LAMP-B', name: 'Lamp B', price: 100_000_000n });
  const lamp = await g.product({ sku: 'LAMP', name: 'Lamp', price: 100_000_000n });
  const scarce = await g.product({ sku: 'SCARCE', name: 'Scarce', price: 100_000_000n, substituteId: other.id });
  await Promise.all([
    g.stock(other.id, warehouse, 1000),
    g.stock(lamp.id, warehouse, 1000),
    g.stock(scarce.id, warehouse, 2),
  ]);
  const order = (line: object, submit = true) =>
    done(staff.post('/api/v1/orders', { partnerId, requestedOn: SOON, submit, lines: [line] }));
  const sent = await order({ sku: 'LAMP', qty: '2' });
  await done(staff.post(`/api/v1/orders/${sent.id}/send-confirmation`, undefined, { ifMatch: sent.version }));
  const inquiry = await done(
    buyer.post('/api/v1/inquiries', { lines: [{ wanted: 'LAMP', qty: '3' }, { wanted: '黑色頭盔' }] }),
  );
  const one = async (query: string) => (await b.t.sql<{ id: string }>(query))[0]?.id ?? '';
  Object.assign(ids, {
    partner: partnerId,
    sent: sent.id,
    inquiry: inquiry.id,
    draft: (await order({ sku: 'LAMP', qty: '2' }, false)).id,
    deviating: (await order({ sku: 'LAMP', qty: '1', unitPrice: '90' })).id,
    short: (await order({ sku: 'SCARCE', qty: '9' })).id,
    application: await applied(b.t),
    list: await one('select id from price_list limit 1'),
  });
});
afterAll(() => b?.close());

/** Somebody on a telephone, and what has been found wrong since the last look. */
async function tourOf(locale: Locale, who: Who) {
  const { page, problems } = await b.open(tokens[who], { locale, phone: true });
  const seen: { what: string; faults: string[] }[] = [];
  const tour: Tour = {
    page,
    words: wrongWords(locale),
    tried: [],
    axe: 'names',
    seen: new Set(),
    keep: (what, faults) => seen.push({ what, faults: [...faults, ...problems.splice(0)] }),
    shoot: null,
  };
  await page.goto(`${b.url}/${who === 'nobody' ? 'sign-in' : 'account'}`);
  await page.locator('h1').first().waitFor();
  return { tour, seen };
}

describe.each(LOCALES)('forms on a telephone in %s', (locale) => {
  const say = sayIn(locale);
  const tours = new Map<Who, Awaited<ReturnType<typeof tourOf>>>();
  afterAll(() => Promise.all([...tours.values()].map(({ tour }) => tour.page.context().close())));

  it.each(FORMS)('%s', async (_title, who, place, ...buttons) => {
    const known = tours.get(who) ?? (await tourOf(locale, who));
    tours.set(who, known);
    const { tour, seen } = known;
    const address = place.replace(/\$(\w+)/, (_, name: string) => ids[name] ?? '');
    await goTo(tour.page, address);
    await settled(tour.page);
    if (buttons.length === 0)
      expect(await faultsOf(tour.page.locator('main, .qc-door').first(), tour.words, 'names')).toEqual([]);
    for (const key of buttons) {
      seen.length = 0;
      await tour.page
        .getByRole('button', { name: say(key), exact: true })
        .first()
        .waitFor();
      await take(tour, place, address, { name: say(key), via: [] });
      expect(seen.length, `${key} opens nothing`).toBeGreaterThan(0);
      expect(seen.filter(({ faults }) => faults.length > 0)).toEqual([]);
    }
  });
});

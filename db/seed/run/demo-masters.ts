/** Master data of the demo company, entered by the people whose work that is. */
import { createProducts, updateProducts } from '../../../src/server/modules/catalog/commands/save-product.ts';
import { createBankAccount } from '../../../src/server/modules/company/commands/save-bank-account.ts';
import { createCarrier } from '../../../src/server/modules/company/commands/save-carrier.ts';
import { createWarehouse } from '../../../src/server/modules/company/commands/save-warehouse.ts';
import { setPolicy } from '../../../src/server/modules/company/commands/set-policy.ts';
import { updateCompany } from '../../../src/server/modules/company/commands/update-company.ts';
import { createAgreement } from '../../../src/server/modules/partners/commands/agreements.ts';
import { activatePartner } from '../../../src/server/modules/partners/commands/change-partner-state.ts';
import { createPartners } from '../../../src/server/modules/partners/commands/create-partner.ts';
import { saveItems } from '../../../src/server/modules/partners/commands/save-items.ts';
import { setCredit } from '../../../src/server/modules/partners/commands/set-credit.ts';
import { savePricesOfFile } from '../../../src/server/modules/pricing/commands/save-price-entries.ts';
import { createPriceList } from '../../../src/server/modules/pricing/commands/save-price-list.ts';
import { systemActor } from '../../../src/server/platform/auth/authenticate.ts';
import type { Services } from '../../../src/server/platform/http/services.ts';
import type { Actor } from '../../../src/server/platform/pipeline/types.ts';
import type { DemoPartner, DemoPlan, DemoProduct } from '../demo/types.ts';
import { makePartnerPeople, makeStaff, makeSystems, type SignIn } from './demo-people.ts';
import { type DemoMasterIds, get, termOf } from './demo-world.ts';
import { foundCompany } from './found-company.ts';
import { idOf, type Seed } from './session.ts';

type Staff = ReadonlyMap<string, Actor>;
type Base = { seed: Seed; plan: DemoPlan; now: Date };

/** Loads everything that exists before the first step. `now` lies before it. */
export async function loadDemoMasters(
  base: Base,
  services: Pick<Services, 'settings'>,
  secret: string | null,
): Promise<{ ids: DemoMasterIds; signIns: SignIn[] }> {
  const { seed, plan, now } = base;
  await found(base, services);
  const staff = await makeStaff(seed, plan, now, secret);
  const by = staff.actors;
  await companyData(base, by);
  // Policies and the company's zone hold from here on.
  services.settings.forget();
  const warehouses = await loadWarehouses(base, by);
  const carriers = await loadCarriers(base, by);
  const products = await loadProducts(base, by);
  const lists = await loadPriceLists(base, by);
  const { partners, addresses } = await loadPartners(base, by, lists);
  const people = await makePartnerPeople(seed, plan, now, partners, secret);
  const systems = await makeSystems(seed, plan, now, partners, get(by, 'admin.security'));
  const actors = new Map([...by, ...people.actors]);
  return {
    ids: { actors, systems, partners, addresses, products, warehouses, carriers },
    signIns: [...staff.signIns, ...people.signIns],
  };
}

async function found({ seed, plan, now }: Base, services: Pick<Services, 'settings'>): Promise<void> {
  const { company } = plan.masters;
  const input = {
    name: company.name.hans,
    nameEn: company.name.en,
    currency: company.currency,
    timeZone: company.timeZone,
  };
  await seed.one(foundCompany, { actor: systemActor, now, about: 'the company', input });
  services.settings.forget();
}

async function companyData({ seed, plan, now }: Base, by: Staff): Promise<void> {
  const { company, policies } = plan.masters;
  await seed.one(updateCompany, {
    actor: get(by, 'admin.system'),
    now,
    about: 'the company',
    input: {
      taxNo: company.uscc,
      address: company.address,
      phone: company.phone,
    },
  });
  await seed.one(createBankAccount, {
    actor: get(by, 'admin.system'),
    now,
    about: 'the company’s account',
    input: { bankName: company.bankName, accountNo: company.bankAccount, currency: company.currency },
  });
  for (const { code, value, note } of policies) {
    const input = { code, value, note };
    await seed.one(setPolicy, { actor: get(by, 'manager.general'), now, about: code, input });
  }
}

async function loadWarehouses({ seed, plan, now }: Base, by: Staff): Promise<Map<string, string>> {
  const { warehouses } = plan.masters;
  const bodies = await seed.runAll(
    createWarehouse,
    warehouses.map(({ code, name, regionCode, address, priority }) => ({
      actor: get(by, 'admin.system'),
      now,
      about: code,
      input: { code, name: name.hant, nameEn: name.en, regionCode, address, priority },
    })),
  );
  return new Map(warehouses.map(({ key }, i) => [key, idOf(bodies[i])]));
}

async function loadCarriers({ seed, plan, now }: Base, by: Staff): Promise<Map<string, string>> {
  const { carriers } = plan.masters;
  const bodies = await seed.runAll(
    createCarrier,
    carriers.map(({ code, name, phone }) => ({
      actor: get(by, 'admin.system'),
      now,
      about: code,
      input: { code, name: name.hant, nameEn: name.en, phone },
    })),
  );
  return new Map(carriers.map(({ key }, i) => [key, idOf(bodies[i])]));
}

/** Products by their code. What stands in for what is entered when all are there: some stand in for each other. */
async function loadProducts({ seed, plan, now }: Base, by: Staff): Promise<Map<string, string>> {
  const { products } = plan.masters;
  const act = ({ sku }: DemoProduct) => ({ actor: get(by, 'manager.general'), now, about: sku });
  const bodies = await seed.runAll(
    createProducts,
    products.map((product) => ({ ...act(product), input: productInput(product) })),
  );
  const ids = new Map(products.map(({ sku }, i) => [sku, idOf(bodies[i])]));
  await seed.runAll(
    updateProducts,
    products.flatMap((product) => {
      const { sku, substituteSku } = product;
      if (substituteSku === null) return [];
      return [{ ...act(product), input: { productId: get(ids, sku), substituteIds: [get(ids, substituteSku)] } }];
    }),
  );
  return ids;
}

const productInput = (product: DemoProduct) => ({
  sku: product.sku,
  name: product.name.hant,
  nameHans: product.name.hans,
  nameEn: product.name.en,
  spec: product.spec,
  category: product.category.hant,
  kind: product.kind,
  unit: product.unit.hant,
  unitEn: product.unit.en,
  minQty: String(product.minQty),
  multipleQty: String(product.multipleQty),
  taxRate: product.taxRate,
  taxCode: product.taxCode,
  standardCostPrice: product.cost,
  leadDays: product.leadDays,
});

/** Price lists by their code. */
async function loadPriceLists({ seed, plan, now }: Base, by: Staff): Promise<Map<string, string>> {
  const actor = get(by, 'manager.sales');
  const ids = new Map<string, string>();
  for (const list of plan.masters.priceLists) {
    const { code, name, kind, level, currency, taxInclusive, priceScale } = list;
    const input = {
      code,
      name: name.hant,
      kind,
      currency,
      taxInclusive,
      priceScale,
      ...(level === null ? {} : { level }),
    };
    const priceListId = idOf(await seed.one(createPriceList, { actor, now, about: code, input }));
    const set = list.entries.map(({ sku, minQty, validFrom, validTo, unitPrice }) => ({
      sku,
      minQty: String(minQty),
      validFrom,
      validTo,
      unitPrice,
    }));
    await seed.one(savePricesOfFile, { actor, now, about: code, input: { priceListId, set } });
    ids.set(code, priceListId);
  }
  return ids;
}

type PartnerIds = { partners: Map<string, string>; addresses: Map<string, string> };

async function loadPartners({ seed, plan, now }: Base, by: Staff, lists: Map<string, string>): Promise<PartnerIds> {
  const { partners: all, priceLists } = plan.masters;
  const listOf = new Map(priceLists.map(({ partnerKey, code }) => [partnerKey, lists.get(code)]));
  const act = (partner: DemoPartner, actorKey = partner.salesOwnerKey) => ({
    actor: get(by, actorKey),
    now,
    about: partner.key,
  });
  const bodies = await seed.runAll(
    createPartners,
    all.map((partner) => ({ ...act(partner), input: partnerInput(partner, by) })),
  );
  const partners = new Map(all.map(({ key }, i) => [key, idOf(bodies[i])]));
  const addresses = new Map(all.flatMap((partner, i) => addressIds(partner, bodies[i])));
  const onPartner = <I extends object>(
    list: readonly DemoPartner[],
    actorKey: string | null,
    input: (p: DemoPartner) => I,
  ) =>
    list.map((partner) => ({
      ...act(partner, actorKey ?? partner.salesOwnerKey),
      input: { ...input(partner), partnerId: get(partners, partner.key) },
    }));
  await seed.runAll(
    createAgreement,
    onPartner(all, null, (partner) => agreementInput(partner, listOf.get(partner.key))),
  );
  const limited = all.filter(({ creditLimit }) => creditLimit !== null);
  await seed.runAll(
    setCredit,
    onPartner(limited, 'finance.1', ({ creditLimit }) => ({ limitAmount: creditLimit })),
  );
  const coded = all.filter(({ ownCodes }) => ownCodes.length > 0);
  await seed.runAll(
    saveItems,
    onPartner(coded, null, ({ ownCodes }) => ({ set: ownCodes.map(({ code, sku }) => ({ code, sku })) })),
  );
  await seed.runAll(
    activatePartner,
    onPartner(all, null, () => ({})),
  );
  return { partners, addresses };
}

const partnerInput = (partner: DemoPartner, by: Staff) => ({
  no: partner.no,
  name: partner.name,
  nameEn: partner.nameEn,
  shortName: partner.shortName,
  uscc: partner.uscc,
  level: partner.level,
  regionCode: partner.regionCode,
  territory: TERRITORIES[partner.territory],
  salesOwnerId: get(by, partner.salesOwnerKey).userId,
  deputyOwnerId: get(by, partner.deputyOwnerKey).userId,
  paymentTerm: termOf(partner.paymentTerm),
  replyDays: partner.replyDays,
  invoiceTitle: partner.invoice.title,
  taxNo: partner.invoice.taxNo,
  bankName: partner.invoice.bankName,
  bankAccount: partner.invoice.bankAccount,
  invoiceAddress: partner.invoice.address,
  invoicePhone: partner.invoice.phone,
  invoiceKind: partner.invoice.kind,
  // Invented names are alike here and there.
  confirmDuplicate: true,
  contacts: partner.contacts.map(({ name, duties, phone, email }) => ({ name, duties, phone, email })),
  addresses: partner.addresses.map(({ label, regionCode, detail, receiver, phone, isDefault }) => ({
    label,
    regionCode,
    detail,
    receiver,
    phone,
    isDefault,
  })),
});
const TERRITORIES = { east: '华东与北方', south: '华南与华中', west: '西部' } as const;

const agreementInput = ({ agreement }: DemoPartner, priceListId: string | undefined) => ({
  no: agreement.no,
  validFrom: agreement.validFrom,
  validTo: agreement.validTo,
  silenceAccepts: agreement.silenceAccepts,
  paymentTerm: termOf(agreement.paymentTerm),
  replyDays: agreement.replyDays,
  note: agreement.note,
  ...(priceListId === undefined ? {} : { priceListId }),
});

/** The ids of a partner's addresses in its answer, found by what they say. */
function addressIds(partner: DemoPartner, body: unknown): [string, string][] {
  const made = body as { addresses: { id: string; label: string; detail: string }[] };
  return partner.addresses.map(({ key, label, detail }) => {
    const found = made.addresses.find((address) => address.label === label && address.detail === detail);
    if (found === undefined) throw new Error(`address ${key} is not in the answer`);
    return [key, found.id];
  });
}

/** Promotions, applications and licences of the demo company: what is there besides orders on the day it is looked at. */
import { addDays, startOfDay } from '../../../src/server/kernel/biz-date.ts';
import { addMs } from '../../../src/server/kernel/clock.ts';
import { canonicalHash } from '../../../src/server/kernel/ids.ts';
import { apply } from '../../../src/server/modules/applications/commands/apply.ts';
import { uploadAttachment } from '../../../src/server/modules/conversation/commands/upload-attachment.ts';
import { addDocument } from '../../../src/server/modules/partners/commands/documents.ts';
import { createPromotion } from '../../../src/server/modules/pricing/commands/save-promotion.ts';
import { systemActor } from '../../../src/server/platform/auth/authenticate.ts';
import { hashToken, newToken } from '../../../src/server/platform/auth/tokens.ts';
import { demoApplications, type DemoPromotion, demoPromotions, sampleLicence } from '../demo/today.ts';
import { DEMO_ZONE, type DemoWorld, get } from './demo-world.ts';
import { idOf } from './session.ts';

const HOUR_MS = 3_600_000;
/** Partners whose licence ends within the next weeks, by their place in the list. */
const ENDS_SOON = new Set([4, 11]);

/** Licences came with the partner's file, a year ago. */
export async function fileLicences(world: DemoWorld, now: Date): Promise<void> {
  const { seed, plan } = world;
  const licensed = plan.masters.partners;
  const act = (key: string, ownerKey: string) => ({
    actor: get(world.actors, ownerKey),
    now,
    about: `licence of ${key}`,
  });
  const files = await seed.runAll(
    uploadAttachment,
    licensed.map((partner) => ({
      ...act(partner.key, partner.salesOwnerKey),
      input: {
        documentType: 'partner' as const,
        documentId: get(world.partners, partner.key),
        fileName: '营业执照（示范）.pdf',
        contentType: 'application/pdf',
        isInternal: false,
        content: sampleLicence(partner.uscc),
      },
    })),
  );
  await seed.runAll(
    addDocument,
    licensed.map((partner, at) => ({
      ...act(partner.key, partner.salesOwnerKey),
      input: {
        partnerId: get(world.partners, partner.key),
        attachmentId: idOf(files[at]),
        kind: 'business_licence' as const,
        validFrom: addDays(plan.startOn, -700),
        validTo: ENDS_SOON.has(at) ? addDays(plan.today, 20) : null,
      },
    })),
  );
}

/** Entered the evening before the demo is looked at, so that no order of the story is priced by them. */
export async function announcePromotions(world: DemoWorld): Promise<void> {
  const now = addMs(startOfDay(world.plan.today, DEMO_ZONE), -HOUR_MS);
  await world.seed.runAll(
    createPromotion,
    demoPromotions(world.plan.today).map((promotion) => ({
      actor: get(world.actors, 'manager.general'),
      now,
      about: promotion.code,
      input: promotionInput(world, promotion),
    })),
  );
}

function promotionInput(world: DemoWorld, { skus, ...fields }: DemoPromotion) {
  return { ...fields, productIds: skus.map((sku) => get(world.products, sku)) };
}

/** Companies without an account that applied in the last days. */
export async function receiveApplications(world: DemoWorld): Promise<void> {
  for (const { daysAgo, regionCode, address, ...rest } of demoApplications()) {
    const content = { ...rest, regionCode, address: { regionCode, detail: address } };
    await world.seed.one(apply, {
      actor: systemActor,
      now: addMs(startOfDay(addDays(world.plan.today, -daysAgo), DEMO_ZONE), -8 * HOUR_MS),
      about: rest.name,
      input: {
        content,
        contentHash: canonicalHash(content),
        requestHash: canonicalHash({ demo: rest.uscc }),
        tokenHash: hashToken(newToken()),
        tokenSealed: null,
        locale: 'zh-Hans',
        ip: null,
      },
    });
  }
}

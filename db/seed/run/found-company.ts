/** The first step of a seed: an installation with a company of its own, before anybody exists who could do it. */
import { DELIVERY_METHODS } from '../../../src/contract/order-shapes.ts';
import { newId } from '../../../src/server/kernel/ids.ts';
import { refuse } from '../../../src/server/kernel/refusal.ts';
import { companyTable } from '../../../src/server/modules/company/company-tables.ts';
import { sql } from '../../../src/server/platform/db/database.ts';
import { insertRows } from '../../../src/server/platform/db/table.ts';
import { defineCommand } from '../../../src/server/platform/pipeline/define.ts';

export type FoundCompany = { name: string; nameEn: string; currency: string; timeZone: string };

/** Refused where a company exists already. */
export const foundCompany = defineCommand<FoundCompany>({
  name: 'installation.found',
  refuses: ['setup.done'],
  async run({ tx, command, emit }, { name, nameEn, currency, timeZone }) {
    const known = await tx.query(sql`select 1 from company`);
    if (known.length > 0) throw refuse('setup.done');
    const id = newId(command.now);
    await insertRows(tx, companyTable, [
      {
        id,
        name,
        name_en: nameEn,
        tax_no: null,
        address: null,
        phone: null,
        currency,
        time_zone: timeZone,
        logo_svg: null,
        delivery_method: DELIVERY_METHODS[0],
        version: 1,
        updated_at: command.now,
      },
    ]);
    emit({
      documentType: 'company',
      documentId: id,
      documentNo: null,
      version: 1,
      type: 'company.created',
      partnerId: null,
      payload: { name, currency, timeZone },
    });
    return { status: 201, body: { id } };
  },
});

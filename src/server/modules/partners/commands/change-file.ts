import type { z } from 'zod';
import type { AddressInput, ContactInput } from '../../../../contract/partners.ts';
import { refuse } from '../../../kernel/refusal.ts';
import { type Context, defineCommand, type SingleCommand } from '../../../platform/pipeline/define.ts';
import type { TaskChange } from '../../../platform/pipeline/types.ts';
import type { PartnerFields } from '../partner-fields.ts';
import { saveAddress } from './save-address.ts';
import { saveContact } from './save-contact.ts';
import { updatePartner } from './update-partner.ts';

/** What of a file is to be changed; contact and address with the id of the one that is changed, without it they are added. */
export type PartnerFileChange = {
  partnerId: string;
  fields: PartnerFields;
  contact?: z.output<typeof ContactInput> & { id?: string | undefined };
  address?: z.output<typeof AddressInput> & { id?: string | undefined };
};

/** Fields, a contact and an address of a file in one step, each by its own command and with its own event; answered with the id alone: imports. */
export const changePartnerFile = defineCommand<PartnerFileChange>({
  name: 'partner.change_file',
  refuses: [
    ...new Set([
      ...updatePartner.refuses,
      ...saveContact.refuses,
      ...saveAddress.refuses,
      'permission.denied' as const,
    ]),
  ],
  async run(context, { partnerId, fields, contact, address }) {
    const tasks: TaskChange[] = [];
    const inner = <I>(input: I): Context<I> => ({
      ...context,
      command: { ...context.command, input },
      answers: false,
      task: (change) => tasks.push(change),
    });
    const run = <I>(command: SingleCommand<I>, input: I) => command.run(inner(input), input);
    if (Object.keys(fields).length > 0) await run(updatePartner, { ...fields, partnerId });
    if (contact !== undefined) await run(saveContact, { ...contact, partnerId });
    if (address !== undefined) {
      if (!context.command.actor.permissions.has('partner.maintain'))
        throw refuse('permission.denied', { permission: 'partner.maintain' });
      await run(saveAddress, { ...address, partnerId });
    }
    // Each step looks at the completeness of the file: what the last one says holds.
    const follows = tasks.findLast(isCompletion);
    for (const task of tasks) if (!isCompletion(task) || task === follows) context.task(task);
    return { status: 200, body: { id: partnerId } };
  },
});

const isCompletion = (change: TaskChange): boolean =>
  'open' in change ? change.open.kind === 'partner.complete' : change.family === 'partner.complete';

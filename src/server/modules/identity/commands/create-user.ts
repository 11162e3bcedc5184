import { defineCommand } from '../../../platform/pipeline/define.ts';
import { addUser, type NewUser } from '../add-user.ts';

/** A person without an invitation: for the demo company and for imports. Not reachable over HTTP. */
export const createUser = defineCommand<NewUser>({
  name: 'user.create',
  refuses: ['user.login_taken', 'user.roles_exclude', 'user.partner_roles', 'partner.not_found'],
  async run({ tx, command, emit }, input) {
    const { row, event } = await addUser(tx, command.now, input);
    emit(event);
    return { status: 201, body: { id: row.id } };
  },
});

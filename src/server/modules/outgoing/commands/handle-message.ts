/** What a person does with a message: send it again, put it aside. */
import { refuse } from '../../../kernel/refusal.ts';
import { sql } from '../../../platform/db/database.ts';
import { type Context, defineCommand } from '../../../platform/pipeline/define.ts';
import { requireVersion } from '../../../platform/pipeline/version.ts';
import { actionsOn, outgoingDetail, readOutgoing } from '../outgoing-queries.ts';

type OnMessage = { outgoingId: string; locale: string };

async function handle(
  { tx, command, emit }: Context<OnMessage>,
  { outgoingId, locale }: OnMessage,
  action: 'sendAgain' | 'park',
) {
  const { actor, now } = command;
  const message = await readOutgoing(tx, outgoingId, actor, true);
  requireVersion(command, message);
  if (!actionsOn(message.state).includes(action)) throw refuse('outgoing.wrong_state', { state: message.state });
  const version = message.version + 1;
  // A claim that is under way loses its say: what this person has decided stands.
  await tx.run(
    action === 'sendAgain'
      ? sql`update outgoing set state = 'waiting', tries = 0, next_at = ${now}, finished_at = null, claim = null, claimed_until = null, version = ${version}::int where id = ${outgoingId}`
      : sql`update outgoing set state = 'parked', reason = 'by_hand', finished_at = ${now}, claim = null, claimed_until = null, version = ${version}::int where id = ${outgoingId}`,
  );
  emit({
    documentType: 'outgoing',
    documentId: outgoingId,
    documentNo: message.document_no,
    version,
    type: action === 'sendAgain' ? 'outgoing.sent_again' : 'outgoing.parked',
    partnerId: message.partner_id,
    payload: { kind: message.kind, channel: message.channel },
  });
  return { status: 200, body: await outgoingDetail(tx, outgoingId, actor, locale), etag: version };
}

export const sendAgain = defineCommand<OnMessage>({
  name: 'outgoing.send_again',
  refuses: ['outgoing.not_found', 'outgoing.wrong_state', 'request.version_stale'],
  async run(context, input) {
    context.task({ closeOf: input.outgoingId });
    return handle(context, input, 'sendAgain');
  },
});

export const parkMessage = defineCommand<OnMessage>({
  name: 'outgoing.park',
  refuses: ['outgoing.not_found', 'outgoing.wrong_state', 'request.version_stale'],
  async run(context, input) {
    context.task({ closeOf: input.outgoingId });
    return handle(context, input, 'park');
  },
});

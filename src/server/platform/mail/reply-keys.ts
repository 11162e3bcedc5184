/** The keys of the marks in subjects: new marks are made with the first; old ones are read with all. */
import type { SecretBox } from '../secrets/index.ts';
import { type ReplyTo, readReplyToken, replyToken } from './reply-token.ts';

const PURPOSE = 'reply token';

export const replyMark = (box: SecretBox, to: ReplyTo): string => replyToken(box.keysFor(PURPOSE)[0], to);

/** What a genuine mark in a subject says, whichever key of this installation has made it. */
export function readReplyMark(box: SecretBox, subject: string): ReplyTo | null {
  for (const key of box.keysFor(PURPOSE)) {
    const to = readReplyToken(key, subject);
    if (to !== null) return to;
  }
  return null;
}

/**
 * The mark in the subject of a mail that brings its answer back to the same document: `[QC-…]`. It says document and partner and cannot be
 * guessed or carried over to another document (E3). It opens nothing by itself: who takes an answer in also checks that the sender belongs
 * to the partner named here.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type ReplyTo = {
  /** Kind of document as in the event log: `inquiry`, `order` … */
  documentType: string;
  documentId: string;
  partnerId: string;
};

const MAC_BYTES = 12;
const ID_BYTES = 16;
const MARK = /\[QC-([\w-]{40,120})\]/g;
const TYPE = /^[a-z_]{1,30}$/;

/** The mark for a subject, brackets included. Throws on ids that are none: that is a fault of the caller. */
export function replyToken(secret: Buffer, { documentType, documentId, partnerId }: ReplyTo): string {
  if (!TYPE.test(documentType)) throw new Error(`no kind of document: ${documentType}`);
  const content = Buffer.concat([idBytes(documentId), idBytes(partnerId), Buffer.from(documentType, 'latin1')]);
  return `[QC-${Buffer.concat([macOf(secret, content), content]).toString('base64url')}]`;
}

/** What the first genuine mark in a subject says; null without one. Blanks that mail programs put into long subjects do not matter. */
export function readReplyToken(secret: Buffer, subject: string): ReplyTo | null {
  for (const [, text = ''] of subject.replace(/\s+/g, '').matchAll(MARK)) {
    const bytes = Buffer.from(text, 'base64url');
    const content = bytes.subarray(MAC_BYTES);
    if (content.length <= 2 * ID_BYTES) continue;
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(secret, content))) continue;
    return {
      documentType: content.subarray(2 * ID_BYTES).toString('latin1'),
      documentId: idText(content.subarray(0, ID_BYTES)),
      partnerId: idText(content.subarray(ID_BYTES, 2 * ID_BYTES)),
    };
  }
  return null;
}

const macOf = (secret: Buffer, content: Buffer): Buffer =>
  createHmac('sha256', secret).update('reply token 1\n').update(content).digest().subarray(0, MAC_BYTES);

function idBytes(id: string): Buffer {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  if (bytes.length !== ID_BYTES) throw new Error(`no id: ${id}`);
  return bytes;
}

const idText = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

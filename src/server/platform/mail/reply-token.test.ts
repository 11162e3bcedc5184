import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secretBox } from '../secrets/index.ts';
import { readReplyMark, replyMark } from './reply-keys.ts';
import { readReplyToken, replyToken } from './reply-token.ts';

const secret = randomBytes(32);
const to = {
  documentType: 'inquiry',
  documentId: '0199d3c0-5b1e-7abc-8def-0123456789ab',
  partnerId: '0199d3c0-5b1e-7abc-9def-ba9876543210',
};

describe('the mark in a subject', () => {
  it('R3.2 brings an answer back to its document, also after "Re:", with blanks of long subjects and beside strange marks', () => {
    const mark = replyToken(secret, to);
    expect(readReplyToken(secret, `Re: 回覆：請補充 IN-2026-000012 ${mark}`)).toEqual(to);
    expect(readReplyToken(secret, `答复: ${mark.slice(0, 30)}\r\n ${mark.slice(30)}`)).toEqual(to);
    expect(readReplyToken(secret, `[QC-${'A'.repeat(64)}] ${mark}`)).toEqual(to);
    expect(readReplyToken(secret, 'Re: 詢價 [QC-1234] [URGENT]')).toBeNull();
  });

  it('R3.2 a guessed or changed mark says nothing, nor one of another installation (E3)', () => {
    const mark = replyToken(secret, to);
    expect(readReplyToken(randomBytes(32), mark)).toBeNull();
    fc.assert(
      fc.property(fc.integer({ min: 4, max: mark.length - 4 }), fc.constantFrom(...'ABCxyz019-_'), (at, letter) => {
        const changed = mark.slice(0, at) + letter + mark.slice(at + 1);
        const read = readReplyToken(secret, changed);
        if (changed !== mark) expect(read).toBeNull();
      }),
    );
  });

  it('R3.2 a mark made before the installation got a new key is still read', () => {
    const [old, young] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
    const mark = replyMark(secretBox([old]), to);
    expect(readReplyMark(secretBox([young, old]), `Re: ${mark}`)).toEqual(to);
    expect(readReplyMark(secretBox([young]), `Re: ${mark}`)).toBeNull();
  });
});

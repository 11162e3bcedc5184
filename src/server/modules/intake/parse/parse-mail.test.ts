import fs from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { believed, fateOf, type FateFacts } from '../fate.ts';
import { accepts } from '../smtp-listener.ts';
import { readHtml } from './html.ts';
import { parseMail } from './parse-mail.ts';

const sample = (name: string) => parseMail(fs.readFileSync(new URL(`./samples/${name}.eml`, import.meta.url)));
const raw = (...lines: string[]) => parseMail(Buffer.from(lines.join('\r\n')));

describe('messages as they are in the world', () => {
  it('R3.2 encoded and plain file names, subjects and bodies are read, in any line end', async () => {
    expect(await sample('japanese')).toMatchObject({
      subject: 'まみむめも',
      from: 'raasdnil@gmail.com',
      text: expect.stringContaining('かきくえこ'),
    });
    expect((await sample('attachment_nonascii_filename')).attachments).toMatchObject([
      { fileName: expect.stringMatching(/^ci.*le\.txt$/), rows: null },
    ]);
    expect((await sample('attachment_with_encoded_name')).attachments[0]?.fileName).toContain('01');
    expect((await sample('attachment_only_email')).attachments).toMatchObject([{ fileName: 'blah.gz' }]);
    expect(await sample('utf8_headers')).toMatchObject({ subject: 'Säying Hello', from: null });
    expect((await sample('raw_email_reply')).automatic).toBeNull();
  });

  it('R3.2 GB 18030 is read, and a charset that lies does no harm', async () => {
    const body = iconv.encode('骑行头盔 20个', 'gb18030');
    const mail = (charset: string) =>
      parseMail(
        Buffer.concat([
          Buffer.from(
            `From: a@b.cn\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`,
          ),
          body,
        ]),
      );
    expect((await mail('gb18030')).text).toContain('骑行头盔 20个');
    expect((await mail('x-none')).from).toBe('a@b.cn');
  });

  it.each([
    ['two From headers', ['From: a@b.cn', 'From: c@d.cn']],
    ['no author', ['To: a@b.cn']],
    ['a quoted local part with an address in it', ['From: "a@x b"@y.cn']],
    ['an address without a domain', ['From: root']],
  ])('R3.2 %s makes nobody the author (E2)', async (_what, headers) => {
    expect((await raw(...headers, '', 'x')).from).toBeNull();
  });

  it('R3.2 results of relays are read topmost first, without their comments', async () => {
    const { relayResults } = await raw(
      'Authentication-Results: mx.ours.example (v1) 1; spf=pass (ok) smtp.mailfrom=a@b.cn; dkim=pass header.d=b.cn; dmarc=pass (p=reject)',
      'Authentication-Results: forged.example; dmarc=fail',
      'From: a@b.cn',
      '',
      'x',
    );
    expect(relayResults).toEqual([
      { relay: 'mx.ours.example', spf: 'pass', dkim: 'pass', dmarc: 'pass' },
      { relay: 'forged.example', spf: 'none', dkim: 'none', dmarc: 'fail' },
    ]);
  });

  it('P19 of HTML there is text and cells, never a script, a link or a quotation; depth does not matter', () => {
    const { text, tables } = readHtml(
      '<style>p{}</style><p>Hello<br>there</p><script>x()</script><table><tr><th>Item</th><th>Qty</th></tr><tr><td>A <b>b</b></td><td>3</td></tr></table><blockquote>old</blockquote>',
    );
    expect(text).toBe('Hello\nthere');
    expect(tables).toEqual([
      [
        ['Item', 'Qty'],
        ['A b', '3'],
      ],
    ]);
    expect(readHtml('<div>'.repeat(20_000) + 'x').text.length).toBeLessThan(10);
  });
});

describe('where a message belongs', () => {
  const pass = { spf: 'pass', dkim: 'none', dmarc: 'pass', by: 'self', aligned: true };
  const facts: FateFacts = {
    mail: { from: 'a@b.cn', automatic: null },
    auth: pass,
    contacts: [{ partnerId: 'p', active: true }],
    seenBefore: false,
    replyTo: null,
    replyOpen: false,
    hasLines: true,
    repeated: false,
  };
  const with_ = (more: Partial<FateFacts>) => fateOf({ ...facts, ...more });

  it('R3.2 only an authenticated author who is a known contact makes an inquiry', () => {
    expect(with_({})).toEqual({ state: 'inquiry', partnerId: 'p' });
    expect(with_({ auth: { ...pass, dmarc: 'none', aligned: true } }).state).toBe('inquiry');
    expect(with_({ auth: { ...pass, dmarc: 'none', aligned: false } })).toMatchObject({ reason: 'auth_none' });
    expect(with_({ auth: { ...pass, dmarc: 'fail' } })).toMatchObject({ reason: 'auth_failed' });
    expect(with_({ auth: { ...pass, dmarc: 'temperror' } })).toMatchObject({ reason: 'auth_unavailable' });
    expect(with_({ auth: null })).toMatchObject({ reason: 'auth_unavailable' });
    expect(with_({ contacts: [{ partnerId: 'p', active: false }] })).toMatchObject({ reason: 'partner_not_active' });
  });

  it('R3.2 only relays that are named are believed, and only where they speak of DMARC', () => {
    const relays = [{ relay: 'mx.ours.example', spf: 'fail', dkim: 'none', dmarc: 'fail' }];
    expect(believed(pass, relays, [])).toBe(pass);
    expect(believed(pass, relays, ['MX.ours.example'])).toMatchObject({ dmarc: 'fail', by: 'mx.ours.example' });
    expect(believed(pass, [{ ...relays[0]!, dmarc: 'none' }], ['mx.ours.example'])).toBe(pass);
  });

  it('R3.2 the listener takes mail for the addresses and domains that it was told', () => {
    expect(
      ['Orders@ours.example', 'x@their.example', 'orders@evil-ours.example'].map((to) =>
        accepts(['orders@ours.example', '@their.example'], to),
      ),
    ).toEqual([true, true, false]);
    expect(accepts([], 'any@where.example')).toBe(true);
  });
});

import { expect, test } from 'vitest';
import { createLog, formatLine } from './log.ts';

function capture(format: 'json' | 'text') {
  const lines: string[] = [];
  const log = createLog({ level: 'info', format }, { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

test('secrets never reach the log, neither on top nor in a request, its headers or its body', () => {
  const { log, lines } = capture('json');
  log.info({ password: 's3cret' }, 'a');
  log.info({ req: { headers: { authorization: 'Bearer s3cret', cookie: 's3cret', 'set-cookie': 's3cret' } } }, 'b');
  log.info({ body: { token: 's3cret', apiKey: 's3cret', name: '渠成' } }, 'c');
  expect(lines).toHaveLength(3);
  expect(lines.join('')).not.toContain('s3cret');
  expect(lines.join('')).toContain('渠成');
});

test('error codes are not secrets', () => {
  const { log, lines } = capture('json');
  log.warn({ err: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) }, 'x');
  expect(lines[0]).toContain('ECONNREFUSED');
});

test('in a terminal a record is one readable line, errors with their stack below', async () => {
  const { log, lines } = capture('text');
  log.info({ port: 3000, note: 'two words' }, 'ready');
  log.error({ err: new Error('broken') }, 'failed');
  await new Promise((resolve) => setImmediate(resolve));
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d info {2}ready port=3000 note="two words"\n$/);
  expect(lines[1]).toMatch(/^\d\d:\d\d:\d\d error failed\n {2}Error: broken\n {6}at /);
});

test('a line that is not a record is passed on unchanged', () => {
  expect(formatLine('plain text\n')).toBe('plain text\n');
});

test('lines below the level are not written', () => {
  const { log, lines } = capture('json');
  log.debug('quiet');
  expect(lines).toEqual([]);
});

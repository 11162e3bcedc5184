/** From the parts of a mail to text and HTML. Everything from outside is text: it is escaped, and never makes a line of a header. */
import { oneLine } from '../../platform/mail/smtp.ts';

export type MailParts = {
  greeting: string;
  /** The sentence that says it all. */
  lead: string;
  /** Name and value, in this order. */
  facts: readonly (readonly [string, string])[];
  button: { text: string; link: string } | null;
  notes: readonly string[];
};

export function layOut(parts: MailParts): { text: string; html: string } {
  const facts = parts.facts.map(([name, value]) => [oneLine(name), oneLine(value)] as const);
  const text = [
    parts.greeting,
    '',
    parts.lead,
    '',
    ...facts.map(([name, value]) => `${name}: ${value}`),
    ...(parts.button === null ? [] : ['', `${parts.button.text}: ${parts.button.link}`]),
    ...parts.notes.flatMap((note) => ['', note]),
    '',
  ].join('\n');
  const rows = facts
    .map(
      ([name, value]) =>
        `<tr><td style="padding:2px 16px 2px 0;color:#5c6470;vertical-align:top">${escaped(name)}</td><td style="padding:2px 0">${escaped(value)}</td></tr>`,
    )
    .join('');
  const button =
    parts.button === null
      ? ''
      : `<p style="margin:20px 0"><a href="${escaped(parts.button.link)}" style="background:#0f5d5e;color:#fff;padding:9px 18px;border-radius:6px;text-decoration:none">${escaped(parts.button.text)}</a></p>`;
  const notes = parts.notes.map((note) => `<p style="color:#5c6470;font-size:12px">${escaped(note)}</p>`).join('');
  const html = `<!doctype html><html><body style="font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;font-size:14px;line-height:1.6;color:#1c2430"><p>${escaped(parts.greeting)}</p><p style="font-size:16px;font-weight:600">${escaped(parts.lead)}</p><table style="border-collapse:collapse">${rows}</table>${button}${notes}</body></html>`;
  return { text, html };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

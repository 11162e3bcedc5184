/** The result of a verification in sentences. */
import type { Language } from '../embedded/index.ts';
import type { Finding, FindingKind, Verification } from './verify.ts';

type Texts = Record<Language, string>;

const FINDINGS: Record<FindingKind, Texts> = {
  edited: {
    'zh-Hant': '事件 {position} 的內容被改過（封存 {sealNo}）。',
    'zh-Hans': '事件 {position} 的内容被改过（封存 {sealNo}）。',
    en: 'Event {position} was edited (seal {sealNo}).',
  },
  deleted: {
    'zh-Hant': '事件 {position} 被刪除（封存 {sealNo}）。',
    'zh-Hans': '事件 {position} 被删除（封存 {sealNo}）。',
    en: 'Event {position} was deleted (seal {sealNo}).',
  },
  inserted: {
    'zh-Hant': '事件 {position} 是事後插入的（封存 {sealNo}）。',
    'zh-Hans': '事件 {position} 是事后插入的（封存 {sealNo}）。',
    en: 'Event {position} was inserted later (seal {sealNo}).',
  },
  moved: {
    'zh-Hant': '事件 {position} 的次序被改過（封存 {sealNo}）。',
    'zh-Hans': '事件 {position} 的次序被改过（封存 {sealNo}）。',
    en: 'Event {position} was moved to another place (seal {sealNo}).',
  },
  cut: {
    'zh-Hant': '日誌尾部自事件 {position} 起被截去（封存 {sealNo} 只在庫外檔案 {file} 中）。',
    'zh-Hans': '日志尾部自事件 {position} 起被截去（封存 {sealNo} 只在库外文件 {file} 中）。',
    en: 'The end of the log was cut off from event {position} on (seal {sealNo} stands only in {file}).',
  },
  seal_missing: {
    'zh-Hant': '封存 {sealNo} 不見了。',
    'zh-Hans': '封存 {sealNo} 不见了。',
    en: 'Seal {sealNo} is missing.',
  },
  seal_forged: {
    'zh-Hant': '封存 {sealNo}（事件 {position}–{toPosition}）被改過或是偽造的。',
    'zh-Hans': '封存 {sealNo}（事件 {position}–{toPosition}）被改过或是伪造的。',
    en: 'Seal {sealNo} (events {position}–{toPosition}) was changed or forged.',
  },
  span_changed: {
    'zh-Hant': '封存 {sealNo} 的事件 {position}–{toPosition} 中有改動，條目清單也被改過。',
    'zh-Hans': '封存 {sealNo} 的事件 {position}–{toPosition} 中有改动，条目清单也被改过。',
    en: 'Among the events {position}–{toPosition} of seal {sealNo} something was changed, and so was the list of entries.',
  },
  gap: {
    'zh-Hant': '事件 {position} 所屬單據的版本不連續：有事件缺失或多出。',
    'zh-Hans': '事件 {position} 所属单据的版本不连续：有事件缺失或多出。',
    en: 'The versions of the document of event {position} are not in one row: an event is missing or too many.',
  },
  key_unknown: {
    'zh-Hant': '封存 {sealNo} 由未知的金鑰簽署；請把該公鑰檔放在封存金鑰旁。',
    'zh-Hans': '封存 {sealNo} 由未知的密钥签署；请把该公钥文件放在封存密钥旁。',
    en: 'Seal {sealNo} was signed with a key that is not here; put its public half (.pub) beside the sealing key.',
  },
  outside_damaged: {
    'zh-Hant': '庫外封存檔 {file} 已損壞（行 {line}，封存 {sealNo}）。',
    'zh-Hans': '库外封存文件 {file} 已损坏（行 {line}，封存 {sealNo}）。',
    en: 'The file of seals {file} is damaged (line {line}, seal {sealNo}).',
  },
};

const fill = (text: string, values: Record<string, unknown>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '–'));

export const findingText = (finding: Finding, language: Language): string =>
  fill(FINDINGS[finding.kind][language], finding);

const WHOLE: Texts = {
  'zh-Hant': '事件日誌完整：{events} 個事件，其中 {sealed} 個已封存（{seals} 個封存）。',
  'zh-Hans': '事件日志完整：{events} 个事件，其中 {sealed} 个已封存（{seals} 个封存）。',
  en: 'The event log is whole: {events} events, {sealed} of them sealed ({seals} seals).',
};
const BROKEN: Texts = {
  'zh-Hant': '事件日誌有問題：{events} 個事件，{seals} 個封存，發現 {count} 處：',
  'zh-Hans': '事件日志有问题：{events} 个事件，{seals} 个封存，发现 {count} 处：',
  en: 'The event log is not whole: {events} events, {seals} seals, found:',
};
const NO_FILE: Texts = {
  'zh-Hant': '注意：沒有找到庫外封存檔（{files}），無法發現尾部被截去。',
  'zh-Hans': '注意：没有找到库外封存文件（{files}），无法发现尾部被截去。',
  en: 'Note: no file of seals was found outside the database ({files}), so that a cut of the end cannot be noticed.',
};

export function verificationText(result: Verification, files: readonly string[], language: Language): string {
  const values = { ...result, count: result.findings.length, files: files.join(', ') };
  const lines = [fill((result.findings.length === 0 ? WHOLE : BROKEN)[language], values)];
  if (result.outsideUpTo === null) lines.push(fill(NO_FILE[language], values));
  return lines.join('\n');
}

/** The sentences of mails in the three languages. Names of notices, tasks and documents are those of the pages. */
import { nameAt } from '../../platform/export/names.ts';
import { asLocale, type Locale } from '../../platform/http/messages.ts';
import { fillIn, type Words, wordIn } from '../../platform/words.ts';

const PHRASES = {
  greeting: ['{name}，您好：', '{name}，您好：', 'Dear {name},'],
  document: ['單據', '单据', 'Document'],
  partner: ['渠道商', '渠道商', 'Partner'],
  changed: ['變動', '变动', 'What changed'],
  at: ['時間', '时间', 'When'],
  doNow: ['請您處理', '请您处理', 'Asked of you'],
  next: ['下一步', '下一步', 'Next step'],
  expected: ['需要您做的', '需要您做的', 'What is expected'],
  nothing: ['無', '无', 'Nothing'],
  due: ['期限', '期限', 'Until'],
  provisional: [
    '（暫定：當年放假安排尚未公佈）',
    '（暂定：当年放假安排尚未公布）',
    ' (provisional: that year’s holidays are not published yet)',
  ],
  article: ['依據條款', '依据条款', 'Article'],
  open: ['打開單據', '打开单据', 'Open the document'],
  replyHint: [
    '直接回覆本郵件即可；請保留主旨中的標記。',
    '直接回复本邮件即可；请保留主题中的标记。',
    'You may reply to this mail; please leave the mark in the subject.',
  ],
  why: [
    '這是 {company} 的系統通知。您可以在賬號頁選擇哪些通知寄到郵箱：{link}',
    '这是 {company} 的系统通知。您可以在账户页选择哪些通知发到邮箱：{link}',
    'A notice from the system of {company}. On your account page you choose which notices come by mail: {link}',
  ],
  openRound: ['查看並回覆', '查看并回复', 'Read and reply'],
  attached: ['附件：{file}', '附件：{file}', 'Attached: {file}'],
  linkAlone: [
    '打開連結只能查看；接受或提出異議須登錄，或使用寄到您郵箱的一次性驗證碼。',
    '打开链接只能查看；接受或提出异议须登录，或使用发到您邮箱的一次性验证码。',
    'The link only shows the order; to accept or object you sign in, or use a one-time code sent to your address.',
  ],
  silenceIsNone: ['沉默不視為同意。', '沉默不视为同意。', 'Silence is not acceptance.'],
  silenceAccepts: [
    '依合作協議，逾期未回覆視為同意。',
    '依合作协议，逾期未回复视为同意。',
    'By the agreement, silence after the deadline is acceptance.',
  ],
  codeSubject: ['一次性驗證碼', '一次性验证码', 'One-time code'],
  codeLead: ['您的一次性驗證碼：{code}', '您的一次性验证码：{code}', 'Your one-time code: {code}'],
  codeHint: [
    '用於回覆 {company} 的訂單確認。若不是您索取的，請忽略本郵件，並且不要把驗證碼告訴他人。',
    '用于回复 {company} 的订单确认。若不是您索取的，请忽略本邮件，并且不要把验证码告诉他人。',
    'For your reply to an order confirmation of {company}. If you did not ask for it, ignore this mail and tell the code to nobody.',
  ],
  hello: ['您好：', '您好：', 'Good day,'],
  question: ['我們想了解', '我们想了解', 'Our question'],
  reason: ['理由', '理由', 'Reason'],
  applicationSubject: ['合作申請', '合作申请', 'Your application'],
  applicationReceived: [
    '{company} 已收到您的合作申請 {no}，審核結果會寄到這個郵箱。',
    '{company} 已收到您的合作申请 {no}，审核结果会发到这个邮箱。',
    '{company} has received your application {no}; you will hear from us at this address.',
  ],
  applicationAsked: [
    '您的合作申請 {no} 需要補充資料。',
    '您的合作申请 {no} 需要补充资料。',
    'Something is still needed for your application {no}.',
  ],
  applicationAccepted: [
    '您的合作申請 {no} 已通過，歡迎與 {company} 合作。請由下方連結設定密碼，登錄渠道平台。',
    '您的合作申请 {no} 已通过，欢迎与 {company} 合作。请由下方链接设置密码，登录渠道平台。',
    'Your application {no} is accepted; welcome to {company}. Set your password by the link below and sign in.',
  ],
  applicationRefused: [
    '很遺憾，您的合作申請 {no} 未能通過。',
    '很遗憾，您的合作申请 {no} 未能通过。',
    'We are sorry that your application {no} could not be accepted.',
  ],
  openApplication: ['查看申請', '查看申请', 'See the application'],
  answerApplication: ['補充資料', '补充资料', 'Complete the application'],
  openAccount: ['設定密碼並登錄', '设置密码并登录', 'Set a password and sign in'],
  applicationHint: [
    '請勿轉寄：持有此連結的人可以查看和修改申請。若您沒有向 {company} 提出申請，請忽略本郵件。',
    '请勿转发：持有此链接的人可以查看和修改申请。若您没有向 {company} 提出申请，请忽略本邮件。',
    'Do not pass this on: whoever has the link can see and change the application. If you have not applied to {company}, ignore this mail.',
  ],
  testSubject: ['郵件設定測試', '邮件设置测试', 'Test of the mail set-up'],
  testBody: [
    '這封郵件由 {company} 的訂單管理系統寄出：郵件設定可以使用。',
    '这封邮件由 {company} 的订单管理系统发出：邮件设置可以使用。',
    'Sent by the order management system of {company}: the mail set-up works.',
  ],
} as const satisfies Record<string, Words>;

export type Phrase = keyof typeof PHRASES;
export type MailWords = {
  locale: Locale;
  say(phrase: Phrase, values?: Record<string, string>): string;
  /** A name of the pages (`notice.order.took_effect`); null where there is none. */
  name(key: string): string | null;
};

export function mailWords(language: string): MailWords {
  const locale = asLocale(language);
  return {
    locale,
    say: (phrase, values = {}) => fillIn(wordIn(PHRASES[phrase], locale), values),
    name: (key) => nameAt(locale, key),
  };
}

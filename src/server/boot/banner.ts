/** What a person reads in the terminal once the server listens. */
import type { Language } from '../platform/embedded/index.ts';

export type Banner = {
  address: string;
  demo: boolean;
  code: string | null;
  open: boolean;
  web: boolean;
  logins: string | null;
};

const TEXTS = {
  en: {
    ready: (address: string) => `Qucheng is ready: ${address}`,
    demo: 'The demo company is loaded. Open the page and choose a person to sign in as.',
    code: (code: string) => `First visit: open the page and set up your company with this one-time code: ${code}`,
    signIn: 'Sign in with your own account.',
    open: 'Other machines can reach this server; signing in to the demo company without a password is off.',
    logins: (file: string) => `Logins and passwords of the demo company: ${file}`,
    noWeb: 'The web client is not built; only the API is served. Start with "npm start".',
    stop: 'Ctrl-C stops it.',
  },
  'zh-Hans': {
    ready: (address: string) => `渠成已就绪：${address}`,
    demo: '已载入演示公司。打开页面，选择一个人物即可登录。',
    code: (code: string) => `首次使用：打开页面，用此一次性代码设置您的公司：${code}`,
    signIn: '请使用您自己的账号登录。',
    open: '其他机器可以访问本服务器；演示公司的免密登录已关闭。',
    logins: (file: string) => `演示公司的账号与密码：${file}`,
    noWeb: '前端尚未构建，仅提供 API。请用 “npm start” 启动。',
    stop: '按 Ctrl-C 停止。',
  },
  'zh-Hant': {
    ready: (address: string) => `渠成已就緒：${address}`,
    demo: '已載入示範公司。開啟頁面，選擇一位人物即可登入。',
    code: (code: string) => `首次使用：開啟頁面，以此一次性代碼設定您的公司：${code}`,
    signIn: '請使用您自己的帳號登入。',
    open: '其他機器可以連到本伺服器；示範公司的免密碼登入已關閉。',
    logins: (file: string) => `示範公司的帳號與密碼：${file}`,
    noWeb: '前端尚未建置，僅提供 API。請以「npm start」啟動。',
    stop: '按 Ctrl-C 停止。',
  },
} as const;

export function bannerLines(language: Language, { address, demo, code, open, web, logins }: Banner): string[] {
  const text = TEXTS[language];
  const how = code !== null ? text.code(code) : demo && !open ? text.demo : text.signIn;
  return [
    text.ready(address),
    how,
    ...(open && demo ? [text.open] : []),
    ...(demo && logins !== null ? [text.logins(logins)] : []),
    ...(web ? [] : [text.noWeb]),
    text.stop,
  ];
}

/** The address to type: a listener on every interface is reached as localhost from here. */
export function addressOf(host: string, port: number): string {
  const name =
    host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1'
      ? 'localhost'
      : host.includes(':')
        ? `[${host}]`
        : host;
  return `http://${name}:${port}`;
}

export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.');

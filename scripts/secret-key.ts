/**
 * A new key for the secrets in the database. With the keys in the data folder it is put before the others; with SECRET_KEY it is printed,
 * to be put before the others there. The next start seals every secret with it; then the old keys may be taken out.
 */
import { loadProcessConfig, processLanguage } from '../src/server/platform/config.ts';
import { formatStartError, type Language, StartError } from '../src/server/platform/embedded/index.ts';
import { addSecretKey, newSecretKey } from '../src/server/platform/secrets/index.ts';

const TEXTS: Record<Language, { added: (file: string) => string; printed: (key: string) => string }> = {
  en: {
    added: (file) =>
      `A new key stands first in ${file}. Restart the server; afterwards the lines below it may be deleted.`,
    printed: (key) =>
      `Put this key before the others in SECRET_KEY, a comma between them, and restart every node; afterwards the others may go.\n${key}`,
  },
  'zh-Hans': {
    added: (file) => `新密钥已放在 ${file} 的第一行。请重启服务器；之后可删除下面各行。`,
    printed: (key) => `请把这个密钥放在 SECRET_KEY 的最前面，用逗号分隔，并重启所有节点；之后可移除其余密钥。\n${key}`,
  },
  'zh-Hant': {
    added: (file) => `新金鑰已放在 ${file} 的第一行。請重新啟動伺服器；之後可刪除下面各行。`,
    printed: (key) =>
      `請把這個金鑰放在 SECRET_KEY 的最前面，以逗號分隔，並重新啟動所有節點；之後可移除其餘金鑰。\n${key}`,
  },
};

const language = processLanguage();
try {
  const config = loadProcessConfig();
  const texts = TEXTS[language];
  const text = config.secretKey === null ? texts.added(addSecretKey(config.dataDir)) : texts.printed(newSecretKey());
  process.stdout.write(`${text}\n`);
} catch (error) {
  process.exitCode = 1;
  const text =
    error instanceof StartError
      ? formatStartError(error, language)
      : error instanceof Error
        ? error.message
        : String(error);
  process.stderr.write(`${text}\n`);
}

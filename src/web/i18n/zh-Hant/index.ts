import antdLocale from 'antd/es/locale/zh_TW';
import 'dayjs/locale/zh-tw.js';
import { flatten } from '../flatten.ts';

// Names of states, kinds and events belong to the contract: files and mails of the server speak of them too.
export const texts = flatten(
  import.meta.glob<Record<string, string>>(['./*.json', '../../../contract/i18n/zh-Hant/states.json'], {
    eager: true,
    import: 'default',
  }),
);
export const antd = antdLocale;
export const dayjs = 'zh-tw';

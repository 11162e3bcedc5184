import antdLocale from 'antd/es/locale/zh_TW';
import { flatten } from '../flatten.ts';

// What the shell, the start page and the orders say: the client begins with it, `rest.ts` follows.
// Names of states, kinds and events belong to the contract: files and mails of the server speak of them too.
export const texts = flatten(
  import.meta.glob<Record<string, string>>(
    ['./{common,errors,orders,tasks}.json', '../../../contract/i18n/zh-Hant/states.json'],
    {
      eager: true,
      import: 'default',
    },
  ),
);
export const antd = antdLocale;
export const rest = () => import('./rest.ts');

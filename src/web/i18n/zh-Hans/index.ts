import antdLocale from 'antd/es/locale/zh_CN';
import 'dayjs/locale/zh-cn.js';
import { flatten } from '../flatten.ts';

export const texts = flatten(import.meta.glob<Record<string, string>>('./*.json', { eager: true, import: 'default' }));
export const antd = antdLocale;
export const dayjs = 'zh-cn';

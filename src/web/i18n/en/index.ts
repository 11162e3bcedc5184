import antdLocale from 'antd/es/locale/en_GB';
import 'dayjs/locale/en-gb.js';
import { flatten } from '../flatten.ts';

export const texts = flatten(import.meta.glob<Record<string, string>>('./*.json', { eager: true, import: 'default' }));
export const antd = antdLocale;
export const dayjs = 'en-gb';

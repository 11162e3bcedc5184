/** The library of antd's calendars, in the language of the screen. Only calendars need it: it comes with the first of them. */
import dayjs from 'dayjs';
import 'dayjs/locale/en-gb.js';
import 'dayjs/locale/zh-cn.js';
import 'dayjs/locale/zh-tw.js';
import { currentLocale, subscribe } from '../i18n/index.ts';
import type { Locale } from '../i18n/locale.ts';

const NAMES: Record<Locale, string> = { 'zh-Hant': 'zh-tw', 'zh-Hans': 'zh-cn', en: 'en-gb' };
const follow = () => void dayjs.locale(NAMES[currentLocale()]);
follow();
subscribe(follow);

export { default } from 'dayjs';

/** Statutory holidays in the reader's language: they are on record by the names of the announcement. */
import { useTranslation } from 'react-i18next';
import type { CalendarDay } from './calendar-page.tsx';

const HOLIDAYS: Record<string, string> = {
  元旦: 'newYear',
  春节: 'spring',
  清明节: 'qingming',
  劳动节: 'labour',
  '“五一”国际劳动节': 'labour',
  端午节: 'dragonBoat',
  中秋节: 'midAutumn',
  国庆节: 'national',
  抗日战争暨世界反法西斯战争胜利70周年纪念日: 'victory',
};

/** What the company has named itself stays as it is. */
export function useDayName(): (day: CalendarDay) => string {
  const { t } = useTranslation();
  return ({ name, source }) =>
    source === 'company'
      ? name
      : name
          .split('、')
          .map((part) => (HOLIDAYS[part] === undefined ? part : t(`states.holiday.${HOLIDAYS[part]}`)))
          .join(' · ');
}

/** Twelve small months; what differs from the plain week is marked with colour and a sign. */
import dayjs from '../../lib/dayjs.ts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocaleState } from '../../i18n/index.ts';
import './admin.css';
import type { CalendarDay } from './calendar-page.tsx';
import { useDayName } from './holiday-names.ts';

const MONTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

type YearGridProps = { year: number; days: readonly CalendarDay[]; onPick?: (date: string) => void };

export function YearGrid({ year, days, onPick }: YearGridProps): ReactElement {
  const { t } = useTranslation();
  const byDate = new Map(days.map((day) => [day.date, day]));
  return (
    <>
      <div className="qa-legend">
        <span className="qa-day is-off">{t('admin.markOff')}</span> {t('admin.dayOff')}
        <span className="qa-day is-work">{t('admin.markWork')}</span> {t('admin.workDay')}
      </div>
      <div className="qa-year">
        {MONTHS.map((month) => (
          <Month key={month} year={year} month={month} byDate={byDate} {...(onPick === undefined ? {} : { onPick })} />
        ))}
      </div>
    </>
  );
}

type MonthProps = {
  year: number;
  month: number;
  byDate: ReadonlyMap<string, CalendarDay>;
  onPick?: (date: string) => void;
};

function Month({ year, month, byDate, onPick }: MonthProps): ReactElement {
  const { t } = useTranslation();
  const { locale } = useLocaleState();
  const nameOf = useDayName();
  const first = dayjs(new Date(year, month, 1));
  const title = new Intl.DateTimeFormat(locale, { month: 'long' }).format(first.toDate());
  // Weeks begin on Monday.
  const lead = (first.day() + 6) % 7;
  const dates = Array.from({ length: first.daysInMonth() }, (_, index) => first.add(index, 'day'));
  return (
    <div>
      <h3 className="qa-month">{title}</h3>
      <div className="qa-days">
        {dates.map((date, index) => {
          const text = date.format('YYYY-MM-DD');
          const day = byDate.get(text);
          const weekend = date.day() === 0 || date.day() === 6;
          const kind = day === undefined ? (weekend ? 'is-weekend' : '') : day.isWork ? 'is-work' : 'is-off';
          const told = day === undefined ? text : `${text} ${nameOf(day)}`;
          const style = index === 0 ? { gridColumnStart: lead + 1 } : {};
          const mark = day === undefined ? '' : day.isWork ? t('admin.markWork') : t('admin.markOff');
          return onPick === undefined ? (
            <span key={text} className={`qa-day ${kind}`} style={style} title={told}>
              {date.date()}
              <sup>{mark}</sup>
            </span>
          ) : (
            <button
              key={text}
              type="button"
              className={`qa-day ${kind}`}
              style={style}
              title={told}
              onClick={() => onPick(text)}
            >
              <span className="qc-visually-hidden">{told} </span>
              {date.date()}
              <sup>{mark}</sup>
            </button>
          );
        })}
      </div>
    </div>
  );
}

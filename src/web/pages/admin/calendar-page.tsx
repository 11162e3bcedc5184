/** The working calendar of a year: holidays, working weekends 調休, the company's own days. */
import { Button, Popconfirm, Tag } from 'antd';
import { useSearch } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { asOne, type ListSearch } from '../../lib/search-params.ts';
import { useCan } from '../../session.tsx';
import { Loaded, Page, Section } from '../../ui/page.tsx';
import { useGo } from '../../ui/path-link.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BizDate } from '../../ui/values.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { CalendarDayForm } from './calendar-day-form.tsx';
import { useDayName } from './holiday-names.ts';
import { YearGrid } from './year-grid.tsx';

type Calendar = Answer<'calendarGet'>;
export type CalendarDay = Calendar['days'][number];

export default function CalendarPage(): ReactElement {
  const { t } = useTranslation();
  const go = useGo();
  const search: ListSearch = useSearch({ strict: false });
  const [thisYear] = useState(() => new Date().getFullYear());
  const asked = Number.parseInt(asOne(search['year']) ?? '', 10);
  const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2999 ? asked : thisYear;
  const calendar = useApiQuery('calendarGet', { params: { year } }, { keepPrevious: true });
  const to = (next: number) => go(`/admin/calendar?year=${next}`);
  return (
    <Page
      title={t('admin.calendarOf', { year })}
      actions={
        <div className="qc-row">
          <Button onClick={() => to(year - 1)}>{t('admin.year', { year: year - 1 })}</Button>
          <Button onClick={() => to(year + 1)}>{t('admin.year', { year: year + 1 })}</Button>
        </div>
      }
    >
      <Loaded query={calendar}>{(data) => <CalendarYear calendar={data} />}</Loaded>
    </Page>
  );
}

function CalendarYear({ calendar }: { calendar: Calendar }): ReactElement {
  const { t } = useTranslation();
  const nameOf = useDayName();
  const may = useCan()('company.manage');
  const { year, published, days } = calendar;
  const [form, open] = useState<{ date: string | null } | null>(null);
  const publish = useApiAction('calendarYearSet');
  const setDay = useApiAction('calendarDaySet');
  const takeBack = ({ date }: CalendarDay) => setDay.attempt({ params: { date }, body: { isWork: null } });
  return (
    <>
      <ProblemAlert problem={publish.problem ?? setDay.problem} />
      <Section
        title={published ? t('admin.published') : t('admin.notPublished')}
        extra={
          may && (
            <div className="qc-row">
              <Button
                loading={publish.pending}
                onClick={() => void publish.attempt({ params: { year }, body: { published: !published } })}
              >
                {published ? t('admin.unpublish') : t('admin.publish')}
              </Button>
              <Button type="primary" onClick={() => open({ date: null })}>
                {t('admin.setDay')}
              </Button>
            </div>
          )
        }
      >
        <p className="qc-muted" style={{ marginBottom: 12 }}>
          {published ? t('admin.publishedHint') : t('admin.notPublishedHint')}
        </p>
        <YearGrid year={year} days={days} {...(may ? { onPick: (date: string) => open({ date }) } : {})} />
      </Section>
      <Section title={t('admin.differingDays')}>
        <PlainTable
          rows={days}
          rowKey={({ date }) => date}
          empty={t('admin.noDays')}
          columns={[
            { key: 'date', title: t('admin.date'), render: ({ date }) => <BizDate value={date} /> },
            { key: 'name', title: t('admin.dayName'), render: nameOf },
            {
              key: 'kind',
              title: t('admin.dayKind'),
              render: ({ isWork }) =>
                isWork ? (
                  <Tag color="processing">{t('admin.workDay')}</Tag>
                ) : (
                  <Tag color="success">{t('admin.dayOff')}</Tag>
                ),
            },
            { key: 'source', title: t('admin.source'), render: ({ source }) => t(`states.calendarSource.${source}`) },
            ...(may
              ? [
                  {
                    key: 'actions',
                    title: t('common.actions'),
                    render: (day: CalendarDay) =>
                      day.source === 'company' && (
                        <Popconfirm
                          title={t('admin.takeBackDay')}
                          okText={t('admin.remove')}
                          cancelText={t('common.cancel')}
                          onConfirm={() => takeBack(day)}
                        >
                          <Button size="small">{t('admin.remove')}</Button>
                        </Popconfirm>
                      ),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      {form !== null && (
        <CalendarDayForm
          date={form.date}
          known={days.find(({ date }) => date === form.date)}
          onClose={() => open(null)}
        />
      )}
    </>
  );
}

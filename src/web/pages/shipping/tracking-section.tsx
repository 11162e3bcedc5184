/** News from the road, newest first. */
import { Tag, Timeline } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { Empty } from '../../ui/empty.tsx';
import { Section } from '../../ui/page.tsx';
import { BizDate, DateTime } from '../../ui/values.tsx';
import { PersonName } from '../../ui/person-names.tsx';

type Tracking = Answer<'shipmentGet'>['tracking'];

const COLOURS = { progress: 'blue', exception: 'red', settled: 'green' } as const;

export function TrackingSection({ tracking }: { tracking: Tracking }): ReactElement {
  const { t } = useTranslation();
  return (
    <Section title={t('shipping.tracking')}>
      {tracking.length === 0 ? (
        <Empty text={t('shipping.noNews')} />
      ) : (
        <Timeline
          items={[...tracking].reverse().map((news) => ({
            key: news.id,
            color: COLOURS[news.kind],
            content: (
              <div>
                <div>
                  {news.kind !== 'progress' && (
                    <Tag color={news.kind === 'exception' ? 'error' : 'success'}>
                      {news.exceptionKind === null || news.kind === 'settled'
                        ? t(`states.trackingKind.${news.kind}`)
                        : t(`states.exceptionKind.${news.exceptionKind}`)}
                    </Tag>
                  )}
                  {news.place !== null && <strong>{news.place} </strong>}
                  <span style={{ whiteSpace: 'pre-wrap' }}>{news.note}</span>
                </div>
                {news.newExpectedOn !== null && (
                  <div>
                    {t('shipping.newExpectedOn')} <BizDate value={news.newExpectedOn} />
                  </div>
                )}
                <div className="qc-muted">
                  <DateTime value={news.at} />
                  {news.recordedBy === null || news.recordedBy === undefined ? null : (
                    <>
                      {' · '}
                      <PersonName name={news.recordedBy.name} />
                    </>
                  )}
                </div>
              </div>
            ),
          }))}
        />
      )}
    </Section>
  );
}

/** Rounds of confirmation: what was sent (by its hash), who answered what and when. */
import { FileOutlined, FilePdfOutlined } from '@ant-design/icons';
import { Typography } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl, fileUrl } from '../../../api/client.ts';
import { Facts, Section } from '../../../ui/page.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { DateTime, Deadline } from '../../../ui/values.tsx';
import { PersonName } from '../../../ui/person-names.tsx';
import type { Order } from '../order-page.tsx';
import { RoundCompare } from './round-compare.tsx';

type Round = Order['rounds'][number];

export function RoundsSection({ order }: { order: Order }): ReactElement | null {
  const { t } = useTranslation();
  if (order.rounds.length === 0) return null;
  return (
    <Section title={t('orders.rounds')}>
      <ol className="qc-plain qc-stack" style={{ gap: 20 }}>
        {order.rounds.toReversed().map((round) => (
          <li key={round.round}>
            <OneRound order={order} round={round} />
          </li>
        ))}
      </ol>
      <RoundCompare order={order} />
    </Section>
  );
}

function OneRound({ order, round }: { order: Order; round: Round }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="qc-stack" style={{ gap: 10 }}>
      <div className="qc-row">
        <strong>{t('orders.roundNo', { no: round.round })}</strong>
        {round.reply === null ? (
          <span className="qc-muted">{t('orders.notAnswered')}</span>
        ) : (
          <StateTag of="reply" state={round.reply} />
        )}
        <span className="qc-grow" />
        <a
          href={fileUrl('orderConfirmationPdf', { params: { orderId: order.id }, query: { round: round.round } })}
          target="_blank"
          rel="noreferrer"
        >
          <FilePdfOutlined aria-hidden /> {t('orders.roundPdf')}
        </a>
      </div>
      <Facts
        items={[
          [
            t('orders.sentAt'),
            <span key="sent">
              <DateTime value={round.sentAt} /> <PersonName name={round.sentBy ?? t('common.system')} />
            </span>,
          ],
          [t('orders.replyDue'), <Deadline key="due" value={round.dueAt} done={round.reply !== null} />],
          ...(round.reply === null
            ? [[t('orders.lapsesAt'), <DateTime key="lapses" value={round.lapsesAt} />] as const]
            : []),
          ...(round.repliedAt === null
            ? []
            : [
                [
                  t('orders.repliedAt'),
                  <span key="replied">
                    <DateTime value={round.repliedAt} /> <PersonName name={round.repliedBy ?? t('common.system')} />
                  </span>,
                ] as const,
                ...(round.how === null
                  ? []
                  : [
                      [
                        t('orders.replyHow'),
                        `${t(`states.replyHow.${round.how}`)}${round.from === null ? '' : ` · ${round.from}`}`,
                      ] as const,
                    ]),
              ]),
          [
            t('orders.contentHash'),
            <Typography.Text key="hash" copyable={{ text: round.contentHash }}>
              <code title={round.contentHash}>{round.contentHash.slice(0, 12)}</code>
            </Typography.Text>,
          ],
        ]}
      />
      {round.evidence !== null && <p className="qo-quote">{round.evidence}</p>}
      {round.attachment !== null && (
        <a
          href={apiUrl('attachmentGet', { params: { attachmentId: round.attachment.id } })}
          download={round.attachment.fileName}
        >
          <FileOutlined aria-hidden /> {round.attachment.fileName}
        </a>
      )}
      {round.reasons.length > 0 && (
        <ul className="qc-plain qc-stack" style={{ gap: 8 }}>
          {round.reasons.map((item) => (
            <li key={`${item.lineNo} ${item.reason}`} className="qo-quote">
              <span className="qc-muted">
                {item.lineNo === null ? t('orders.wholeOrder') : t('common.lineNo', { no: item.lineNo })}
              </span>{' '}
              {item.reason}
              {item.answer !== null && (
                <div>
                  <span className="qc-muted">{t('orders.answer')}</span> {item.answer}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

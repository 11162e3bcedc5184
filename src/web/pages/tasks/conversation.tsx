/** The conversation on a document, with files. An internal note never reaches the partner. */
import { FileOutlined } from '@ant-design/icons';
import { Button, Popconfirm, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiUrl, type Item, type Params } from '../../api/client.ts';
import { useApiAction, useApiQuery } from '../../api/hooks.ts';
import { useSession } from '../../session.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Loaded, Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DateTime } from '../../ui/values.tsx';
import { MessageComposer } from './message-composer.tsx';

type Message = Item<'messageList'>;
export type OnDocument = Params<'messageList'>;

const LIVE_MS = 15_000;
const FIRST = 20;
const ALL = 200;

/** `<Conversation documentType="order" documentId={order.id} />` */
export function Conversation(on: OnDocument): ReactElement {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(FIRST);
  const params = { documentType: on.documentType, documentId: on.documentId };
  const messages = useApiQuery(
    'messageList',
    { params, query: { limit } },
    { refetchInterval: LIVE_MS, keepPrevious: true },
  );
  const files = useApiQuery('attachmentList', { params, query: { limit: 50 } }, { refetchInterval: LIVE_MS });
  return (
    <Section title={t('tasks.conversation')}>
      <div className="qc-stack">
        <MessageComposer {...params} />
        <Loaded query={messages}>
          {({ items, nextCursor }) => (
            <>
              {items.length === 0 ? (
                <Empty text={t('tasks.noMessages')} />
              ) : (
                <ol className="qc-plain qc-stack" style={{ gap: 14 }} aria-live="polite">
                  {items.map((message) => (
                    <li key={message.id}>
                      <OneMessage message={message} />
                    </li>
                  ))}
                </ol>
              )}
              {nextCursor !== null && limit === FIRST && (
                <Button type="link" onClick={() => setLimit(ALL)}>
                  {t('tasks.olderMessages')}
                </Button>
              )}
            </>
          )}
        </Loaded>
        {(files.data?.items.length ?? 0) > 0 && (
          <div>
            <h3 style={{ fontSize: 14, marginBottom: 6 }}>{t('tasks.files')}</h3>
            <Files files={files.data?.items ?? []} />
          </div>
        )}
      </div>
    </Section>
  );
}

function OneMessage({ message }: { message: Message }): ReactElement {
  const { t } = useTranslation();
  const retract = useApiAction('messageRetract');
  const here = useSession().actor.kind === 'partner' ? 'partner' : 'staff';
  return (
    <div>
      <div className="qc-row">
        <strong>{message.author}</strong>
        {message.authorSide !== here && (
          <Tag color="processing">
            {t(message.authorSide === 'partner' ? 'tasks.fromPartner' : 'tasks.fromCompany')}
          </Tag>
        )}
        {message.isInternal && <Tag color="warning">{t('tasks.internal')}</Tag>}
        <span className="qc-muted">
          <DateTime value={message.at} />
        </span>
        {message.mine && message.retractedAt === null && (
          <Popconfirm
            title={t('tasks.retractAsk')}
            okText={t('tasks.retract')}
            okButtonProps={{ danger: true }}
            cancelText={t('common.cancel')}
            onConfirm={() => retract.attempt({ params: { messageId: message.id } })}
          >
            <Button size="small" type="text" loading={retract.pending}>
              {t('tasks.retract')}
            </Button>
          </Popconfirm>
        )}
      </div>
      <ProblemAlert problem={retract.problem} onClose={retract.clear} />
      {message.retractedAt === null ? (
        <p style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{message.body}</p>
      ) : (
        <p className="qc-muted">{t('tasks.retracted')}</p>
      )}
      {message.retractedAt === null && message.attachments.length > 0 && <Files files={message.attachments} />}
    </div>
  );
}

export function Files({ files }: { files: readonly Message['attachments'][number][] }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="qc-plain">
      {files.map((file) => (
        <li key={file.id}>
          <a href={apiUrl('attachmentGet', { params: { attachmentId: file.id } })} download={file.fileName}>
            <FileOutlined aria-hidden /> {file.fileName}
          </a>{' '}
          {file.isInternal && <Tag color="warning">{t('tasks.internal')}</Tag>}
        </li>
      ))}
    </ul>
  );
}

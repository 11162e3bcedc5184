/** Write a message, with files; staff may mark it as internal. What was typed is kept until it is sent. */
import { PaperClipOutlined, SendOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input, Tag } from 'antd';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { useDraft } from '../../lib/draft.ts';
import { useSession } from '../../session.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import type { OnDocument } from './conversation.tsx';

type Attachment = Answer<'attachmentUpload'>;
type Typed = { body: string; isInternal: boolean; files: Attachment[] };

const EMPTY: Typed = { body: '', isInternal: false, files: [] };
const ACCEPTED = '.pdf,.png,.jpg,.jpeg,.csv,.xlsx';

export function MessageComposer(on: OnDocument): ReactElement {
  const { t } = useTranslation();
  const isStaff = useSession().actor.kind === 'staff';
  const draft = useDraft<Typed>(`message.${on.documentId}`, EMPTY);
  const post = useApiAction('messagePost');
  const upload = useApiAction('attachmentUpload');
  const picker = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState(false);
  const { body, files } = draft.value;
  // Partners do not see picking lists: whatever is said there stays inside.
  const insideOnly = on.documentType === 'picking';
  const isInternal = insideOnly || draft.value.isInternal;
  const params = { documentType: on.documentType, documentId: on.documentId };
  const change = (patch: Partial<Typed>) => draft.set((before) => ({ ...before, ...patch }));

  const addFiles = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])];
    event.target.value = '';
    for (const file of chosen) {
      const query = { fileName: file.name, ...(isInternal ? { isInternal: 'true' as const } : {}) };
      const added = await upload.attempt({ params, query, body: file });
      if (added === undefined) return;
      draft.set((before) => ({ ...before, files: [...before.files, added] }));
    }
  };
  const send = async () => {
    if (body.trim() === '') return;
    setSending(true);
    const sent = await post.attempt({
      params,
      body: {
        body,
        ...(isInternal ? { isInternal } : {}),
        ...(files.length === 0 ? {} : { attachmentIds: files.map(({ id }) => id) }),
      },
    });
    setSending(false);
    if (sent !== undefined) draft.clear(EMPTY);
  };
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <Input.TextArea
        aria-label={t('tasks.message')}
        placeholder={t(
          isInternal ? 'tasks.messageInternalHint' : isStaff ? 'tasks.messageHint' : 'tasks.messagePartnerHint',
        )}
        autoSize={{ minRows: 2, maxRows: 10 }}
        maxLength={4000}
        value={body}
        onChange={(event) => change({ body: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        }}
      />
      {files.length > 0 && (
        <div className="qc-row">
          {files.map((file) => (
            <Tag key={file.id} closable onClose={() => change({ files: files.filter(({ id }) => id !== file.id) })}>
              {file.fileName}
            </Tag>
          ))}
        </div>
      )}
      <ProblemAlert problem={upload.problem ?? post.problem} onClose={() => (upload.clear(), post.clear())} />
      <div className="qc-row">
        <input ref={picker} type="file" multiple hidden accept={ACCEPTED} onChange={(event) => void addFiles(event)} />
        <Button
          icon={<PaperClipOutlined aria-hidden />}
          loading={upload.pending}
          onClick={() => picker.current?.click()}
        >
          {t('tasks.attach')}
        </Button>
        {isStaff && !insideOnly && (
          <Checkbox
            checked={isInternal}
            disabled={files.length > 0}
            onChange={(event) => change({ isInternal: event.target.checked })}
          >
            {t('tasks.internalNote')}
          </Checkbox>
        )}
        <span className="qc-grow" />
        <Button
          type="primary"
          icon={<SendOutlined aria-hidden />}
          loading={sending}
          disabled={body.trim() === ''}
          onClick={() => void send()}
        >
          {t('tasks.send')}
        </Button>
      </div>
    </div>
  );
}

/** Inquiries in words, cells or files: the server reads them; what it understood comes back as lines, with gaps and oddities. */
import { SnippetsOutlined, UploadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Upload } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, api, type Body } from '../api/client.ts';
import { useApiAction } from '../api/hooks.ts';
import { useFormat } from '../i18n/use-format.ts';
import { ProblemAlert } from './problem-alert.tsx';

export type Preview = Answer<'inquiryPreview'>;
export type PreviewedLine = Preview['lines'][number];

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Paste or upload; `onRead` gets what was understood. `partnerId`: for whom, where the caller is no partner. */
export function ReadBox({
  partnerId,
  disabled,
  onRead,
}: {
  partnerId?: string | undefined;
  disabled?: boolean;
  onRead: (read: Preview) => void;
}): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const words = useApiAction('inquiryPreview');
  const file = useApiAction('inquiryPreviewFile');
  const whose = partnerId === undefined ? {} : { partnerId };
  const take = async () => {
    const read = text.trim() === '' ? undefined : await words.attempt({ body: { ...whose, text } });
    if (read === undefined) return;
    setText('');
    setOpen(false);
    onRead(read);
  };
  const upload = async (chosen: File) => {
    const type = chosen.name.toLowerCase().endsWith('.xlsx') ? XLSX : 'text/csv';
    const read = await file.attempt({ query: { ...whose, fileName: chosen.name }, body: new Blob([chosen], { type }) });
    if (read !== undefined) onRead(read);
  };
  return (
    <>
      <Button icon={<SnippetsOutlined />} disabled={disabled === true} onClick={() => setOpen(true)}>
        {t('inquiries.paste')}
      </Button>
      <Upload
        accept=".csv,.xlsx"
        maxCount={1}
        showUploadList={false}
        disabled={disabled === true}
        beforeUpload={(chosen) => {
          void upload(chosen);
          return false;
        }}
      >
        <Button icon={<UploadOutlined />} loading={file.pending} disabled={disabled === true}>
          {t('inquiries.upload')}
        </Button>
      </Upload>
      <ProblemAlert problem={file.problem} onClose={file.clear} />
      <Modal
        open={open}
        title={t('inquiries.paste')}
        okText={t('inquiries.readWords')}
        cancelText={t('common.cancel')}
        confirmLoading={words.pending}
        onOk={() => void take()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="qc-muted" style={{ marginBottom: 8 }}>
          {t('inquiries.pasteHint')}
        </p>
        <ProblemAlert problem={words.problem} onClose={words.clear} />
        <Input.TextArea
          rows={9}
          value={text}
          maxLength={100_000}
          aria-label={t('inquiries.paste')}
          placeholder={t('inquiries.pasteExample')}
          onChange={(event) => setText(event.target.value)}
        />
      </Modal>
    </>
  );
}

export const TruncatedAlert = ({ shown }: { shown: boolean }): ReactElement | null => {
  const { t } = useTranslation();
  return shown ? <Alert type="warning" showIcon title={t('inquiries.truncated')} /> : null;
};

/** What the server makes of lines, asked again a moment after they change. */
export function usePreview(body: Body<'inquiryPreview'>, enabled: boolean) {
  return useQuery({
    queryKey: ['inquiryPreview', body],
    queryFn: ({ signal }) => api('inquiryPreview', { body }, { signal }),
    placeholderData: keepPreviousData,
    enabled: enabled && (body.lines?.length ?? 0) > 0,
  });
}

/** The oddities of a line as sentences. */
export function useOddities(): (line: PreviewedLine) => string[] {
  const { t } = useTranslation();
  const format = useFormat();
  return (line) =>
    line.oddities.map(({ code, params = {} }) => {
      const numbers = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          /^\d/.test(value) && name !== 'text' ? format.qty(value) : value,
        ]),
      );
      return t(`states.oddity.${code}`, numbers);
    });
}

/** The remark of a line, with the cells that could not be read: nothing that was written is lost. */
export const noteOf = ({ note, oddities }: PreviewedLine): string =>
  [note ?? '', ...oddities.flatMap(({ code, params }) => (code === 'unread' ? [params?.['text'] ?? ''] : []))]
    .filter((part) => part !== '')
    .join(' ')
    .slice(0, 400);

/** The words of a line as they are shown and sent: specification behind the product. */
export const wordsOf = ({ wanted, spec }: PreviewedLine): string =>
  (spec === null ? wanted : `${wanted} ${spec}`).slice(0, 300);

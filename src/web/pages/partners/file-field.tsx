/** A file that is put on the partner at once; the value is what the server calls it, so that drafts can keep it. */
import { PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { type ChangeEvent, type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

export type Uploaded = { id: string; fileName: string };

export function FileField({
  partnerId,
  value,
  onChange,
  id,
}: {
  partnerId: string;
  value?: Uploaded | undefined;
  onChange?: (value: Uploaded | undefined) => void;
  id?: string;
}): ReactElement {
  const { t } = useTranslation();
  const upload = useApiAction('attachmentUpload');
  const picker = useRef<HTMLInputElement>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = [...(event.target.files ?? [])];
    event.target.value = '';
    if (file === undefined) return;
    const params = { documentType: 'partner' as const, documentId: partnerId };
    const added = await upload.attempt({ params, query: { fileName: file.name }, body: file });
    if (added !== undefined) onChange?.({ id: added.id, fileName: added.fileName });
  };
  return (
    <div className="qc-stack" style={{ gap: 6 }}>
      <ProblemAlert problem={upload.problem} onClose={upload.clear} />
      <div className="qc-row">
        <Button
          {...(id === undefined ? {} : { id })}
          icon={<PaperClipOutlined />}
          loading={upload.pending}
          onClick={() => picker.current?.click()}
        >
          {t('partners.chooseFile')}
        </Button>
        {value !== undefined && <span>{value.fileName}</span>}
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".pdf,.png,.jpg,.jpeg,.xlsx"
        aria-label={t('partners.chooseFile')}
        onChange={(event) => void choose(event)}
      />
    </div>
  );
}

/** What a reply rests on that sales records for the partner: the words, and the partner's document among the files of the order. */
import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Form, Input, Tag } from 'antd';
import { type ChangeEvent, type ReactElement, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../../api/hooks.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import type { Order } from '../order-page.tsx';

type File = { id: string; fileName: string };
export type ProofValues = { evidence: string; file?: File };

/** What of the values goes to the server. */
export const proofOf = ({ evidence, file }: ProofValues) => ({
  evidence,
  ...(file === undefined ? {} : { attachmentId: file.id }),
});

export function ProofFields({ order }: { order: Order }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="evidence"
        label={t('orders.evidence')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
        extra={t('orders.evidenceHint')}
      >
        <Input.TextArea autoFocus rows={3} maxLength={2000} showCount />
      </Form.Item>
      <Form.Item name="file" label={t('orders.document')} extra={t('orders.documentHint')}>
        <FilePicker order={order} />
      </Form.Item>
    </>
  );
}

/** Takes the file at once, so that it is kept with the draft of the form. */
function FilePicker({
  order,
  value,
  onChange,
}: {
  order: Order;
  value?: File;
  onChange?: (value: File | undefined) => void;
}): ReactElement {
  const { t } = useTranslation();
  const upload = useApiAction('attachmentUpload');
  const picker = useRef<HTMLInputElement>(null);
  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file === undefined) return;
    const added = await upload.attempt({
      params: { documentType: 'order', documentId: order.id },
      query: { fileName: file.name },
      body: file,
    });
    if (added !== undefined) onChange?.({ id: added.id, fileName: added.fileName });
  };
  return (
    <div className="qc-stack" style={{ gap: 8 }}>
      <div className="qc-row">
        <input ref={picker} type="file" hidden accept=".pdf,.png,.jpg,.jpeg" onChange={(event) => void take(event)} />
        <Button
          icon={<PaperClipOutlined aria-hidden />}
          loading={upload.pending}
          onClick={() => picker.current?.click()}
        >
          {t('tasks.attach')}
        </Button>
        {value !== undefined && (
          <Tag closable onClose={() => onChange?.(undefined)}>
            {value.fileName}
          </Tag>
        )}
      </div>
      <ProblemAlert problem={upload.problem} onClose={upload.clear} />
    </div>
  );
}

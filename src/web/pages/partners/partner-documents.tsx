/** Papers on the file: licence, certificates, authorisations; uploaded, replaced by newer ones, taken off and put back. Used on either side. */
import { Button, Form, Input, Select, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DOCUMENT_KINDS } from '../../../contract/partner-upkeep.ts';
import { apiUrl } from '../../api/client.ts';
import { useApiAction } from '../../api/hooks.ts';
import { useCan } from '../../session.tsx';
import { DateField } from '../../ui/fields.tsx';
import { Section } from '../../ui/page.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { BizDate, DateTime } from '../../ui/values.tsx';
import { FileField, type Uploaded } from './file-field.tsx';
import { orNull } from './form-values.ts';
import type { Partner } from './partner-file-values.ts';
import { PartnerForm, type PartnerFormProps } from './partner-form.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';

type Paper = Partner['documents'][number];

export function PartnerDocuments({ partner }: { partner: Partner }): ReactElement {
  const { t } = useTranslation();
  const may = useCan()('partner.documents');
  const [adding, setAdding] = useState<{ replaces: Paper | null } | null>(null);
  const retract = useApiAction('partnerDocumentRetract');
  const move = (documentId: string, back: boolean) =>
    retract.attempt({ params: { partnerId: partner.id, documentId }, body: { back }, ifMatch: partner.version });
  return (
    <Section
      title={t('partners.documents')}
      extra={may && <Button onClick={() => setAdding({ replaces: null })}>{t('partners.addDocument')}</Button>}
    >
      <ProblemAlert problem={retract.problem} onClose={retract.clear} />
      <PlainTable
        rows={partner.documents}
        rowKey={({ id }) => id}
        empty={t('partners.noDocument')}
        columns={[
          {
            key: 'kind',
            title: t('partners.documentKind'),
            render: (paper) => (
              <>
                {t(`states.documentKind.${paper.kind}`)} <Standing paper={paper} />
              </>
            ),
          },
          {
            key: 'file',
            title: t('partners.documentFile'),
            render: ({ attachmentId, fileName, note }) => (
              <>
                <a href={apiUrl('attachmentGet', { params: { attachmentId } })}>{fileName}</a>{' '}
                {note !== null && <span className="qc-muted">{note}</span>}
              </>
            ),
          },
          {
            key: 'days',
            title: t('partners.period'),
            render: ({ validFrom, validTo }) => (
              <>
                <BizDate value={validFrom} /> – <BizDate value={validTo} />
              </>
            ),
          },
          { key: 'at', title: t('partners.documentAdded'), render: ({ addedAt }) => <DateTime value={addedAt} /> },
          ...(may
            ? [
                {
                  key: 'actions',
                  title: t('common.actions'),
                  render: (paper: Paper) => (
                    <Ways
                      paper={paper}
                      onReplace={() => setAdding({ replaces: paper })}
                      onRetract={(back) => void move(paper.id, back)}
                    />
                  ),
                },
              ]
            : []),
        ]}
      />
      {adding !== null && <DocumentForm partner={partner} replaces={adding.replaces} onClose={() => setAdding(null)} />}
    </Section>
  );
}

function Standing({ paper }: { paper: Paper }): ReactElement {
  const { t } = useTranslation();
  if (paper.inForce) return <Tag color="success">{t('partners.inForce')}</Tag>;
  if (paper.retractedAt !== null) return <Tag>{t('partners.documentOff')}</Tag>;
  return paper.replacedBy === null ? (
    <Tag color="error">{t('partners.documentExpired')}</Tag>
  ) : (
    <Tag>{t('partners.documentReplaced')}</Tag>
  );
}

function Ways({
  paper,
  onReplace,
  onRetract,
}: {
  paper: Paper;
  onReplace: () => void;
  onRetract: (back: boolean) => void;
}): ReactElement | null {
  const { t } = useTranslation();
  if (paper.replacedBy !== null) return null;
  if (paper.retractedAt !== null)
    return (
      <Button size="small" onClick={() => onRetract(true)}>
        {t('partners.documentBack')}
      </Button>
    );
  return (
    <div className="qc-row">
      <Button size="small" onClick={onReplace}>
        {t('partners.documentReplace')}
      </Button>
      <Button size="small" onClick={() => onRetract(false)}>
        {t('partners.documentRetract')}
      </Button>
    </div>
  );
}

type Values = {
  kind: Paper['kind'];
  file?: Uploaded | undefined;
  note?: string | undefined;
  validFrom?: string | undefined;
  validTo?: string | undefined;
};

function DocumentForm({ partner, replaces, onClose }: PartnerFormProps & { replaces: Paper | null }): ReactElement {
  const { t } = useTranslation();
  const add = useApiAction('partnerDocumentAdd');
  return (
    <PartnerForm<Values>
      partner={partner}
      name={`document.${replaces?.id ?? 'new'}`}
      title={replaces === null ? t('partners.addDocument') : t('partners.documentReplace')}
      submitText={t('common.save')}
      initialValues={{ kind: replaces?.kind ?? 'business_licence' }}
      onClose={onClose}
      send={({ kind, file, note, validFrom, validTo }, version) =>
        add.run({
          params: { partnerId: partner.id },
          body: {
            attachmentId: file?.id ?? '',
            kind,
            note: orNull(note),
            validFrom: orNull(validFrom),
            validTo: orNull(validTo),
            ...(replaces === null ? {} : { replacesId: replaces.id }),
          },
          ifMatch: version,
        })
      }
    >
      <Form.Item name="kind" label={t('partners.documentKind')}>
        <Select options={DOCUMENT_KINDS.map((value) => ({ value, label: t(`states.documentKind.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="file"
        label={t('partners.documentFile')}
        extra={t('partners.documentFileHint')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <FileField partnerId={partner.id} />
      </Form.Item>
      <Form.Item name="validFrom" label={t('partners.validFrom')}>
        <DateField />
      </Form.Item>
      <Form.Item name="validTo" label={t('partners.validTo')}>
        <DateField />
      </Form.Item>
      <Form.Item name="note" label={t('partners.note')}>
        <Input maxLength={200} />
      </Form.Item>
    </PartnerForm>
  );
}

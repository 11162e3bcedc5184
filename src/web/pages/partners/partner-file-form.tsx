/** New partner, or a change of the file. A code that fails its check needs a reason; a similar name a confirmation. */
import { Alert, Checkbox, Form, Input } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiAction } from '../../api/hooks.ts';
import { isProblem, type ProblemItem } from '../../api/problem.ts';
import { useSession } from '../../session.tsx';
import { PathLink } from '../../ui/path-link.tsx';
import { DocumentForm } from '../orders/document-form.tsx';
import { changedOnly, orLeftOut, withoutEmpty } from './form-values.ts';
import { PartnerFields } from './partner-fields.tsx';
import { type FileValues, fileBody, type Partner, valuesOf } from './partner-file-values.ts';

type PartnerFileFormProps = {
  partner: Partner | null;
  onClose: () => void;
  onSaved?: (partner: Partner) => void;
};

export function PartnerFileForm({ partner, onClose, onSaved }: PartnerFileFormProps): ReactElement {
  const { t } = useTranslation();
  const { company } = useSession();
  const create = useApiAction('partnerCreate');
  const update = useApiAction('partnerUpdate');
  const [twin, setTwin] = useState<ProblemItem | null>(null);
  const [badCode, setBadCode] = useState(partner !== null && partner.usccOverrideReason !== null);
  const [first] = useState(() => valuesOf(partner, company.currency));
  const send = async (values: FileValues, version: number): Promise<Partner> => {
    const confirmed = values.confirmDuplicate === true ? { confirmDuplicate: true } : {};
    const whole = fileBody(values);
    const no = orLeftOut(values.no);
    try {
      const saved = await (partner === null
        ? create.run({
            body: { ...withoutEmpty(whole), name: whole.name, ...(no === undefined ? {} : { no }), ...confirmed },
          })
        : update.run({
            params: { partnerId: partner.id },
            body: { ...changedOnly(fileBody(first), whole), ...confirmed },
            ifMatch: version,
          }));
      onSaved?.(saved);
      return saved;
    } catch (error) {
      if (isProblem(error)) {
        const refused = error.errors.find(({ code }) => code === 'partner.duplicate');
        if (refused !== undefined) setTwin(refused);
        if (error.errors.some(({ code }) => code === 'partner.uscc_invalid')) setBadCode(true);
      }
      throw error;
    }
  };
  const title = partner === null ? t('partners.new') : t('partners.edit');
  return (
    <DocumentForm<FileValues, Partner>
      draftKey={`partner.${partner?.id ?? 'new'}.file`}
      no={partner?.no ?? ''}
      version={partner?.version ?? 0}
      stateNow={partner === null ? '' : t(`states.partner.${partner.state}`)}
      title={title}
      submitText={t('common.save')}
      width={760}
      initialValues={first}
      send={send}
      doneText={({ no }) => t('partners.saved', { no })}
      onClose={onClose}
    >
      <PartnerFields
        partner={partner}
        twinNotice={
          twin !== null && (
            <Alert
              type="warning"
              showIcon
              style={{ marginBottom: 16, gridColumn: '1 / -1' }}
              title={t('partners.duplicateTitle', { no: twin.params?.['no'] ?? '', name: twin.params?.['name'] ?? '' })}
              description={
                <div className="qc-stack" style={{ gap: 8 }}>
                  {twin.params?.['id'] !== undefined && (
                    <PathLink to={`/partners/${twin.params['id']}`}>{t('partners.openTwin')}</PathLink>
                  )}
                  {twin.params?.['why'] !== 'uscc' && (
                    <Form.Item name="confirmDuplicate" valuePropName="checked" noStyle>
                      <Checkbox>{t('partners.confirmDuplicate')}</Checkbox>
                    </Form.Item>
                  )}
                </div>
              }
            />
          )
        }
        overrideReason={
          badCode && (
            <Form.Item
              name="usccOverrideReason"
              label={t('partners.usccOverrideReason')}
              extra={t('partners.usccOverrideHint')}
            >
              <Input.TextArea rows={2} maxLength={500} />
            </Form.Item>
          )
        }
      />
    </DocumentForm>
  );
}

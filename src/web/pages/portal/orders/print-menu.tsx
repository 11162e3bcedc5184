/** The confirmation as a paper, in the language that is needed. */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PDF_LANGUAGES } from '../../../../contract/documents.ts';
import { fileUrl } from '../../../api/client.ts';
import { LOCALE_NAMES } from '../../../i18n/locale.ts';

export function PrintMenu({ orderId }: { orderId: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: PDF_LANGUAGES.map((language) => ({
          key: language,
          label: (
            <a
              href={fileUrl('orderConfirmationPdf', { params: { orderId }, query: { language } })}
              target="_blank"
              rel="noreferrer"
            >
              {language === 'bilingual' ? t('portal.bilingual') : LOCALE_NAMES[language]}
            </a>
          ),
        })),
      }}
    >
      <Button icon={<PrinterOutlined />}>{t('portal.confirmation')}</Button>
    </Dropdown>
  );
}

/** A paper in each language, and side by side. */
import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { PDF_LANGUAGES, type PdfLanguage } from '../../../contract/documents.ts';
import { LOCALE_NAMES } from '../../i18n/locale.ts';

export function PrintMenu({ label, urlOf }: { label: string; urlOf: (language: PdfLanguage) => string }): ReactElement {
  const { t } = useTranslation();
  const items = PDF_LANGUAGES.map((language) => ({
    key: language,
    label: (
      <a href={urlOf(language)} target="_blank" rel="noreferrer">
        {language === 'bilingual' ? t('shipping.bilingual') : LOCALE_NAMES[language]}
      </a>
    ),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon={<PrinterOutlined />}>{label}</Button>
    </Dropdown>
  );
}

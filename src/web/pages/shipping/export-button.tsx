/** The list that is shown, as a file: the same filters. */
import { DownloadOutlined } from '@ant-design/icons';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fileUrl } from '../../api/client.ts';
import type { ListSearch } from '../../lib/search-params.ts';

export function ExportButton({ list }: { list: string }): ReactElement {
  const { t } = useTranslation();
  const { cursor: _place, ...filters }: ListSearch = useSearch({ strict: false });
  return (
    <Button icon={<DownloadOutlined />} href={fileUrl('exportList', { params: { list }, query: filters })} download>
      {t('common.exportExcel')}
    </Button>
  );
}

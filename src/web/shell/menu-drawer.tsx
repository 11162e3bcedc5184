import { Drawer } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageMenu, ThemeMenu } from './choices.tsx';
import { SideMenu } from './side-menu.tsx';

/** The menu of a narrow window, over the page. */
export default function MenuDrawer({ open, onClose }: { open: boolean; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={260}
      title={t('common.product')}
      styles={{ body: { padding: '8px 0' } }}
    >
      <SideMenu />
      <div className="qc-row" style={{ padding: '16px 24px' }}>
        <LanguageMenu />
        <ThemeMenu />
      </div>
    </Drawer>
  );
}

/** Keys of the shell: `/` search, `g …` go, `?` help. */
import { useNavigate } from '@tanstack/react-router';
import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../lib/shortcuts.ts';
import { useCan } from '../session.tsx';
import type { MenuItem } from './menu.tsx';

export const SEARCH_ID = 'qc-search';

export function useShellKeys(items: readonly MenuItem[]): { show: () => void; help: ReactElement } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const can = useCan();
  const [open, setOpen] = useState(false);
  const show = () => setOpen(true);
  const reachable = items.filter(
    ({ key, permission }) => key !== undefined && (permission === undefined || can(permission)),
  );
  const search = () => document.getElementById(SEARCH_ID)?.focus();
  useShortcuts({
    '/': search,
    '?': show,
    ...Object.fromEntries(reachable.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
  });
  const rows: [string[], string][] = [
    [['/'], t('common.keys.search')],
    [['?'], t('common.keys.help')],
    ...reachable.map(({ key, label }): [string[], string] => [
      ['g', key ?? ''],
      t('common.keys.go', { page: t(label) }),
    ]),
    [['Enter'], t('common.keys.down')],
    [['Ctrl', 'D'], t('common.keys.copyDown')],
    [['Ctrl', 'Delete'], t('common.keys.removeLine')],
    [['Ctrl', 'Z'], t('common.keys.undo')],
  ];
  const help = (
    <Modal open={open} onCancel={() => setOpen(false)} title={t('common.keys.title')} footer={null}>
      <table style={{ width: '100%', borderSpacing: '0 8px' }}>
        <tbody>
          {rows.map(([keys, text]) => (
            <tr key={text}>
              <th scope="row" style={{ width: 140, textAlign: 'left', fontWeight: 400 }}>
                {keys.map((key, index) => (
                  <span key={key}>
                    {index > 0 && ' '}
                    <kbd className="qc-kbd">{key}</kbd>
                  </span>
                ))}
              </th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Modal>
  );
  return { show, help };
}

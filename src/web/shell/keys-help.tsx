import { Modal } from 'antd';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MenuItem } from './menu.tsx';

/** What the keys do. `reachable`: pages that have a key and that one may see. */
export default function KeysHelp({
  reachable,
  onClose,
}: {
  reachable: readonly MenuItem[];
  onClose: () => void;
}): ReactElement {
  const { t } = useTranslation();
  // Closed first, gone when it is out of sight.
  const [open, setOpen] = useState(true);
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
  return (
    <Modal
      open={open}
      onCancel={() => setOpen(false)}
      afterClose={onClose}
      title={t('common.keys.title')}
      footer={null}
    >
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
}

/** Where one can go, in groups, as far as one's permissions reach. */
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../session.tsx';
import { type MenuGroup, WORKBENCH_MENU } from './menu.tsx';

export function SideMenu(): ReactElement {
  const can = useCan();
  const groups = WORKBENCH_MENU.map((group) => ({
    ...group,
    items: group.items.filter(({ permission }) => permission === undefined || can(permission)),
  })).filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  const current = useLocation({
    // The longest path that this page is under: /stock/supplies before /stock.
    select: ({ pathname }) =>
      all
        .filter(({ to }) => pathname === to || pathname.startsWith(`${to}/`))
        .sort((a, b) => b.to.length - a.to.length)[0]?.to,
  });
  return (
    <ul className="qc-menu">
      {groups.map((group) => (
        <Group key={group.label ?? ''} group={group} current={current} />
      ))}
    </ul>
  );
}

function Group({ group, current }: { group: MenuGroup; current: string | undefined }): ReactElement {
  const { t } = useTranslation();
  return (
    <li>
      {group.label !== null && <span className="qc-menu-label">{t(group.label)}</span>}
      <ul {...(group.label === null ? {} : { 'aria-label': t(group.label) })}>
        {group.items.map(({ to, label, icon }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: true }} {...(current === to ? { 'aria-current': 'page' } : {})}>
              {icon}
              <span>{t(label)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </li>
  );
}

/** What the side menu and the portal's tabs offer. An area adds its line; people see what their permissions open. */
import {
  AccountBookOutlined,
  AuditOutlined,
  BellOutlined,
  CarOutlined,
  CheckSquareOutlined,
  DropboxOutlined,
  FileTextOutlined,
  FormOutlined,
  HomeOutlined,
  InboxOutlined,
  PayCircleOutlined,
  ShoppingOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Permission } from '../../contract/roles.ts';
import type { PagePath } from '../router.ts';

export type MenuItem = {
  to: PagePath;
  /** Key of the text. */
  label: string;
  icon: ReactNode;
  /** Without one, everybody sees it. */
  permission?: Permission;
  /** Opens with `g` and this letter. */
  key?: string;
};
export type MenuGroup = { label: string | null; items: readonly MenuItem[] };

export const WORKBENCH_MENU: readonly MenuGroup[] = [
  {
    label: null,
    items: [
      { to: '/', label: 'common.menu.home', icon: <HomeOutlined />, key: 'h' },
      { to: '/tasks', label: 'common.menu.tasks', icon: <CheckSquareOutlined />, permission: 'task.read', key: 't' },
      { to: '/notices', label: 'common.menu.notices', icon: <BellOutlined />, permission: 'notice.read', key: 'n' },
    ],
  },
  {
    label: 'common.menu.sell',
    items: [
      {
        to: '/inquiries',
        label: 'common.menu.inquiries',
        icon: <InboxOutlined />,
        permission: 'inquiry.read',
        key: 'i',
      },
      { to: '/orders', label: 'common.menu.orders', icon: <FileTextOutlined />, permission: 'order.read', key: 'o' },
    ],
  },
  {
    label: 'shipping.menu',
    items: [
      { to: '/pickings', label: 'shipping.pickings', icon: <DropboxOutlined />, permission: 'stock.read', key: 'k' },
      { to: '/shipments', label: 'shipping.shipments', icon: <CarOutlined />, permission: 'shipment.read', key: 'd' },
    ],
  },
  {
    label: 'finance.menu',
    items: [
      {
        to: '/receivables',
        label: 'finance.receivables',
        icon: <AccountBookOutlined />,
        permission: 'payment.read',
        key: 'r',
      },
      { to: '/payments', label: 'finance.payments', icon: <PayCircleOutlined />, permission: 'payment.read', key: 'm' },
      { to: '/invoices', label: 'finance.invoices', icon: <AuditOutlined />, permission: 'invoice.read', key: 'v' },
    ],
  },
];

/** The first five become the tabs of a telephone. */
export const PORTAL_MENU: readonly MenuItem[] = [
  { to: '/portal', label: 'common.menu.home', icon: <HomeOutlined />, key: 'h' },
  { to: '/portal/inquiries', label: 'portal.inquiries', icon: <FormOutlined />, permission: 'inquiry.read', key: 'i' },
  { to: '/portal/orders', label: 'portal.orders', icon: <ShoppingOutlined />, permission: 'order.read', key: 'o' },
  { to: '/portal/shipments', label: 'portal.shipments', icon: <CarOutlined />, permission: 'shipment.read', key: 's' },
  {
    to: '/portal/statement',
    label: 'portal.statement',
    icon: <AccountBookOutlined />,
    permission: 'payment.read',
    key: 'z',
  },
  { to: '/notices', label: 'common.menu.notices', icon: <BellOutlined />, permission: 'notice.read', key: 'n' },
  { to: '/account', label: 'common.menu.account', icon: <UserOutlined />, key: 'a' },
];

/** What the side menu and the portal's tabs offer. An area adds its line; people see what their permissions open. */
import {
  AccountBookOutlined,
  ApiOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  BellOutlined,
  CalendarOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ControlOutlined,
  DatabaseOutlined,
  DownloadOutlined,
  DropboxOutlined,
  FileTextOutlined,
  FormOutlined,
  GiftOutlined,
  HistoryOutlined,
  HomeOutlined,
  IdcardOutlined,
  ImportOutlined,
  InboxOutlined,
  KeyOutlined,
  MailOutlined,
  PayCircleOutlined,
  ScheduleOutlined,
  SendOutlined,
  ShoppingOutlined,
  SolutionOutlined,
  SwapOutlined,
  TagsOutlined,
  TeamOutlined,
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
      { to: '/mail', label: 'inquiries.mail.title', icon: <MailOutlined />, permission: 'intake.read' },
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
  {
    label: 'stock.menu',
    items: [
      { to: '/partners', label: 'partners.title', icon: <TeamOutlined />, permission: 'partner.read', key: 'p' },
      {
        to: '/applications',
        label: 'applications.title',
        icon: <SolutionOutlined />,
        permission: 'application.read',
        key: 'b',
      },
      { to: '/products', label: 'catalog.products', icon: <AppstoreOutlined />, permission: 'product.read', key: 'c' },
      { to: '/price-lists', label: 'catalog.priceLists', icon: <TagsOutlined />, permission: 'price.read', key: 'l' },
      { to: '/promotions', label: 'catalog.promotions', icon: <GiftOutlined />, permission: 'price.read' },
      { to: '/stock', label: 'stock.title', icon: <DatabaseOutlined />, permission: 'stock.read', key: 's' },
      {
        to: '/stock/supplies',
        label: 'stock.supplies',
        icon: <ScheduleOutlined />,
        permission: 'stock.read',
        key: 'u',
      },
      { to: '/imports', label: 'admin.imports', icon: <ImportOutlined />, permission: 'import.run' },
    ],
  },
  {
    label: 'admin.menu',
    items: [
      { to: '/admin/company', label: 'admin.company', icon: <BankOutlined />, permission: 'company.manage' },
      {
        to: '/admin/incoming-mail',
        label: 'inquiries.mail.settings',
        icon: <DownloadOutlined />,
        permission: 'intake.manage',
      },
      { to: '/admin/calendar', label: 'admin.calendar', icon: <CalendarOutlined />, permission: 'staff.read' },
      { to: '/admin/policies', label: 'admin.policies', icon: <ControlOutlined />, permission: 'policy.read' },
      { to: '/admin/mail', label: 'outgoing.mailServer', icon: <MailOutlined />, permission: 'mail.manage' },
      { to: '/outgoing', label: 'outgoing.title', icon: <SendOutlined />, permission: 'outgoing.read' },
      { to: '/admin/webhooks', label: 'outgoing.webhooks', icon: <ApiOutlined />, permission: 'webhook.read' },
      { to: '/admin/users', label: 'admin.users', icon: <IdcardOutlined />, permission: 'user.read' },
      { to: '/admin/keys', label: 'admin.keys', icon: <KeyOutlined />, permission: 'key.manage' },
      { to: '/admin/access-log', label: 'admin.accessLog', icon: <HistoryOutlined />, permission: 'access_log.read' },
      { to: '/admin/delegations', label: 'admin.delegations', icon: <SwapOutlined />, permission: 'delegation.use' },
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
  { to: '/portal/company', label: 'portal.company', icon: <BankOutlined />, permission: 'partner.read', key: 'f' },
  { to: '/notices', label: 'common.menu.notices', icon: <BellOutlined />, permission: 'notice.read', key: 'n' },
  { to: '/portal/webhooks', label: 'outgoing.webhooks', icon: <ApiOutlined />, permission: 'webhook.read' },
  { to: '/account', label: 'common.menu.account', icon: <UserOutlined />, key: 'a' },
];

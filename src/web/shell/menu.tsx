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
      { to: '/mail', label: 'common.menu.mail', icon: <MailOutlined />, permission: 'intake.read' },
      { to: '/orders', label: 'common.menu.orders', icon: <FileTextOutlined />, permission: 'order.read', key: 'o' },
    ],
  },
  {
    label: 'common.menu.fulfil',
    items: [
      { to: '/pickings', label: 'common.menu.pickings', icon: <DropboxOutlined />, permission: 'stock.read', key: 'k' },
      {
        to: '/shipments',
        label: 'common.menu.shipments',
        icon: <CarOutlined />,
        permission: 'shipment.read',
        key: 'd',
      },
    ],
  },
  {
    label: 'common.menu.finance',
    items: [
      {
        to: '/receivables',
        label: 'common.menu.receivables',
        icon: <AccountBookOutlined />,
        permission: 'payment.read',
        key: 'r',
      },
      {
        to: '/payments',
        label: 'common.menu.payments',
        icon: <PayCircleOutlined />,
        permission: 'payment.read',
        key: 'm',
      },
      { to: '/invoices', label: 'common.menu.invoices', icon: <AuditOutlined />, permission: 'invoice.read', key: 'v' },
    ],
  },
  {
    label: 'common.menu.records',
    items: [
      { to: '/partners', label: 'common.menu.partners', icon: <TeamOutlined />, permission: 'partner.read', key: 'p' },
      {
        to: '/applications',
        label: 'common.menu.applications',
        icon: <SolutionOutlined />,
        permission: 'application.read',
        key: 'b',
      },
      {
        to: '/products',
        label: 'common.menu.products',
        icon: <AppstoreOutlined />,
        permission: 'product.read',
        key: 'c',
      },
      {
        to: '/price-lists',
        label: 'common.menu.priceLists',
        icon: <TagsOutlined />,
        permission: 'price.read',
        key: 'l',
      },
      { to: '/promotions', label: 'common.menu.promotions', icon: <GiftOutlined />, permission: 'price.read' },
      { to: '/stock', label: 'common.menu.stock', icon: <DatabaseOutlined />, permission: 'stock.read', key: 's' },
      {
        to: '/stock/supplies',
        label: 'common.menu.supplies',
        icon: <ScheduleOutlined />,
        permission: 'stock.read',
        key: 'u',
      },
      { to: '/imports', label: 'common.menu.imports', icon: <ImportOutlined />, permission: 'import.run' },
    ],
  },
  {
    label: 'common.menu.admin',
    items: [
      { to: '/admin/company', label: 'common.menu.company', icon: <BankOutlined />, permission: 'company.manage' },
      {
        to: '/admin/incoming-mail',
        label: 'common.menu.mailSettings',
        icon: <DownloadOutlined />,
        permission: 'intake.manage',
      },
      { to: '/admin/calendar', label: 'common.menu.calendar', icon: <CalendarOutlined />, permission: 'staff.read' },
      { to: '/admin/policies', label: 'common.menu.policies', icon: <ControlOutlined />, permission: 'policy.read' },
      { to: '/admin/mail', label: 'common.menu.mailServer', icon: <MailOutlined />, permission: 'mail.manage' },
      { to: '/outgoing', label: 'common.menu.outgoing', icon: <SendOutlined />, permission: 'outgoing.read' },
      { to: '/admin/webhooks', label: 'common.menu.webhooks', icon: <ApiOutlined />, permission: 'webhook.read' },
      { to: '/admin/users', label: 'common.menu.users', icon: <IdcardOutlined />, permission: 'user.read' },
      { to: '/admin/keys', label: 'common.menu.keys', icon: <KeyOutlined />, permission: 'key.manage' },
      {
        to: '/admin/access-log',
        label: 'common.menu.accessLog',
        icon: <HistoryOutlined />,
        permission: 'access_log.read',
      },
      {
        to: '/admin/delegations',
        label: 'common.menu.delegations',
        icon: <SwapOutlined />,
        permission: 'delegation.use',
      },
    ],
  },
];

/** The first five become the tabs of a telephone. */
export const PORTAL_MENU: readonly MenuItem[] = [
  { to: '/portal', label: 'common.menu.home', icon: <HomeOutlined />, key: 'h' },
  {
    to: '/portal/inquiries',
    label: 'common.menu.myInquiries',
    icon: <FormOutlined />,
    permission: 'inquiry.read',
    key: 'i',
  },
  {
    to: '/portal/orders',
    label: 'common.menu.myOrders',
    icon: <ShoppingOutlined />,
    permission: 'order.read',
    key: 'o',
  },
  {
    to: '/portal/shipments',
    label: 'common.menu.myShipments',
    icon: <CarOutlined />,
    permission: 'shipment.read',
    key: 's',
  },
  {
    to: '/portal/statement',
    label: 'common.menu.statement',
    icon: <AccountBookOutlined />,
    permission: 'payment.read',
    key: 'z',
  },
  {
    to: '/portal/company',
    label: 'common.menu.myCompany',
    icon: <BankOutlined />,
    permission: 'partner.read',
    key: 'f',
  },
  { to: '/notices', label: 'common.menu.notices', icon: <BellOutlined />, permission: 'notice.read', key: 'n' },
  { to: '/portal/webhooks', label: 'common.menu.webhooks', icon: <ApiOutlined />, permission: 'webhook.read' },
  { to: '/account', label: 'common.menu.account', icon: <UserOutlined />, key: 'a' },
];

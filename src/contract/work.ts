/** Tasks, notices, conversation, search: what people work from. */
import { z } from 'zod';
import { Amount, BizDate, Currency, Id, Instant, LongText, Page, PageQuery, Text } from './common.ts';
import { operation } from './operation.ts';

export const DOCUMENT_TYPES = [
  'inquiry',
  'order',
  'picking',
  'shipment',
  'payment',
  'invoice',
  'partner',
  'application',
  'supply',
  'user',
  'intake',
  'outgoing',
] as const;

export const TaskView = z
  .object({
    id: Id,
    kind: z.string(),
    documentType: z.string(),
    documentId: Id,
    documentNo: z.string(),
    /** The partner’s own reference of the order that it is about. */
    poNo: z.string().nullable(),
    partnerName: z.string().nullable(),
    role: z.string(),
    userName: z.string().nullable(),
    article: z.string().nullable(),
    dueAt: Instant.nullable(),
    provisional: z.boolean(),
    overdue: z.boolean(),
    openedAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'Task' });

export const taskList = operation({
  id: 'taskList',
  method: 'GET',
  path: '/api/v1/tasks',
  summary: 'My open tasks, by deadline',
  article: 'R2',
  can: 'task.read',
  query: z.strictObject({
    ...PageQuery,
    kind: z.string().max(60).optional(),
    all: z.enum(['true', 'false']).optional(),
  }),
  response: Page(TaskView),
  errors: ['request.bad_cursor'],
});
export const taskReassign = operation({
  id: 'taskReassign',
  method: 'POST',
  path: '/api/v1/tasks/:taskId/reassign',
  summary: 'Hand a task to a colleague of the same role, or back to the queue of the role (null)',
  article: 'R2',
  can: 'task.reassign',
  params: z.object({ taskId: Id }),
  body: z.strictObject({ userId: Id.nullable() }),
  response: TaskView,
  idempotent: true,
  errors: ['task.not_found', 'user.not_found', 'permission.denied'],
});

export const NoticeView = z
  .object({
    id: Id,
    kind: z.string(),
    documentType: z.string(),
    documentId: Id,
    documentNo: z.string().nullable(),
    /** The partner’s own reference of the order that it is about. */
    poNo: z.string().nullable(),
    params: z.record(z.string(), z.unknown()),
    dueAt: Instant.nullable(),
    at: Instant,
    readAt: Instant.nullable(),
  })
  .meta({ id: 'Notice' });
export const noticeList = operation({
  id: 'noticeList',
  method: 'GET',
  path: '/api/v1/notices',
  summary: 'My notices, newest first',
  can: 'notice.read',
  query: z.strictObject({ ...PageQuery, unread: z.enum(['true', 'false']).optional() }),
  response: Page(NoticeView),
  errors: ['request.bad_cursor'],
});
export const noticeUnreadCount = operation({
  id: 'noticeUnreadCount',
  method: 'GET',
  path: '/api/v1/notices/unread-count',
  summary: 'How many are unread',
  can: 'notice.read',
  response: z.object({ count: z.number().int(), tasks: z.number().int() }),
  errors: [],
});
export const noticeRead = operation({
  id: 'noticeRead',
  method: 'POST',
  path: '/api/v1/notices/read',
  summary: 'Mark as read, or all of them',
  can: 'notice.read',
  body: z.strictObject({ ids: z.array(Id).max(500).optional(), unread: z.boolean().optional() }),
  response: z.object({ count: z.number().int() }),
  idempotent: true,
  errors: [],
});

export const AttachmentView = z
  .object({
    id: Id,
    fileName: z.string(),
    mediaType: z.string(),
    byteCount: z.number().int(),
    uploadedAt: Instant,
    uploadedBy: z.string().nullable(),
    isInternal: z.boolean(),
  })
  .meta({ id: 'Attachment' });
export const MessageView = z
  .object({
    id: Id,
    body: z.string(),
    isInternal: z.boolean(),
    author: z.string(),
    authorSide: z.enum(['staff', 'partner']),
    at: Instant,
    mine: z.boolean(),
    retractedAt: Instant.nullable(),
    attachments: z.array(AttachmentView),
  })
  .meta({ id: 'Message' });
/** What can be talked about. Whoever may not read a kind of document does not find its conversation either. */
export const CONVERSATION_TYPES = ['order', 'inquiry', 'picking', 'shipment', 'payment', 'invoice', 'partner'] as const;
const NO_DOCUMENT = [
  'order.not_found',
  'inquiry.not_found',
  'picking.not_found',
  'shipment.not_found',
  'payment.not_found',
  'invoice.not_found',
  'partner.not_found',
] as const;
const onDocument = z.object({ documentType: z.enum(CONVERSATION_TYPES), documentId: Id });
export const messageList = operation({
  id: 'messageList',
  method: 'GET',
  path: '/api/v1/documents/:documentType/:documentId/messages',
  summary: 'The conversation on a document',
  can: 'order.message',
  params: onDocument,
  query: z.strictObject({ ...PageQuery }),
  response: Page(MessageView),
  errors: [...NO_DOCUMENT, 'request.bad_cursor'],
});
export const messagePost = operation({
  id: 'messagePost',
  method: 'POST',
  path: '/api/v1/documents/:documentType/:documentId/messages',
  summary: 'Write; an internal note never reaches the partner',
  can: 'order.message',
  params: onDocument,
  body: z.strictObject({
    body: LongText(4000),
    isInternal: z.boolean().optional(),
    attachmentIds: z.array(Id).max(20).optional(),
  }),
  response: MessageView,
  status: 201,
  idempotent: true,
  errors: [...NO_DOCUMENT, 'attachment.not_found', 'permission.denied'],
});
export const messageRetract = operation({
  id: 'messageRetract',
  method: 'POST',
  path: '/api/v1/messages/:messageId/retract',
  summary: 'Take one’s own message back',
  can: 'order.message',
  params: z.object({ messageId: Id }),
  response: MessageView,
  idempotent: true,
  errors: ['message.not_found'],
});
export const attachmentUpload = operation({
  id: 'attachmentUpload',
  method: 'POST',
  path: '/api/v1/documents/:documentType/:documentId/attachments',
  summary: 'Attach a file (raw bytes)',
  can: 'order.message',
  params: onDocument,
  query: z.strictObject({ fileName: Text(255), isInternal: z.enum(['true', 'false']).optional() }),
  consumes: [
    'application/pdf',
    'image/png',
    'image/jpeg',
    'text/csv',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  response: AttachmentView,
  status: 201,
  idempotent: true,
  errors: [...NO_DOCUMENT, 'attachment.type_mismatch', 'attachment.empty', 'request.too_large', 'permission.denied'],
});
export const attachmentList = operation({
  id: 'attachmentList',
  method: 'GET',
  path: '/api/v1/documents/:documentType/:documentId/attachments',
  summary: 'The files of a document',
  can: 'order.message',
  params: onDocument,
  query: z.strictObject({ ...PageQuery }),
  response: Page(AttachmentView),
  errors: [...NO_DOCUMENT, 'request.bad_cursor'],
});
export const attachmentRetract = operation({
  id: 'attachmentRetract',
  method: 'POST',
  path: '/api/v1/attachments/:attachmentId/retract',
  summary: 'Take one’s own file back',
  can: 'order.message',
  params: z.object({ attachmentId: Id }),
  response: AttachmentView,
  idempotent: true,
  errors: ['attachment.not_found', 'attachment.is_evidence', 'attachment.in_use'],
});
export const attachmentGet = operation({
  id: 'attachmentGet',
  method: 'GET',
  path: '/api/v1/attachments/:attachmentId',
  summary: 'Download',
  can: 'order.message',
  params: z.object({ attachmentId: Id }),
  produces: 'application/octet-stream',
  response: z.string(),
  errors: ['attachment.not_found'],
});

export const search = operation({
  id: 'search',
  method: 'GET',
  path: '/api/v1/search',
  summary: 'Find by order number, partner, product, waybill, invoice; Chinese, pinyin and initials',
  can: 'search.use',
  query: z.strictObject({ q: Text(100) }),
  response: z.object({
    items: z.array(
      z.object({
        type: z.enum(DOCUMENT_TYPES).or(z.literal('product')),
        id: Id,
        no: z.string(),
        title: z.string(),
        subtitle: z.string().nullable(),
        on: BizDate.nullable(),
      }),
    ),
  }),
  errors: [],
});

export const DASHBOARD_COUNTS = [
  'tasks',
  'overdueTasks',
  'unreadNotices',
  'openInquiries',
  'drafts',
  'inReview',
  'shortages',
  'toConfirm',
  'awaitingReply',
  'objections',
  'inEffect',
  'liveHolds',
  'openPickings',
  'readyPickings',
  'underWay',
  'unallocatedPayments',
  'toSend',
] as const;
export const DASHBOARD_AMOUNTS = ['openOrders', 'receivable', 'overdue', 'unallocated'] as const;

/** stages: the orders that run, by stage of the regulation; months: orders submitted in the last twelve months, drafts and cancelled ones left out. Amounts are null for roles that do not see money. */
export const DashboardView = z
  .object({
    counts: z.array(z.object({ key: z.enum(DASHBOARD_COUNTS), value: z.number().int() })),
    amounts: z.array(z.object({ key: z.enum(DASHBOARD_AMOUNTS), value: Amount, currency: Currency })),
    stages: z.array(
      z.object({ stage: z.string(), count: z.number().int(), amount: Amount.nullable(), currency: Currency }),
    ),
    months: z.array(
      z.object({ month: z.string(), orders: z.number().int(), amount: Amount.nullable(), currency: Currency }),
    ),
  })
  .meta({ id: 'Dashboard' });
export const dashboardGet = operation({
  id: 'dashboardGet',
  method: 'GET',
  path: '/api/v1/dashboard',
  summary: 'The figures of my role',
  can: 'task.read',
  response: DashboardView,
  errors: [],
});

export const workOperations = [
  taskList,
  taskReassign,
  noticeList,
  noticeUnreadCount,
  noticeRead,
  messageList,
  messagePost,
  messageRetract,
  attachmentUpload,
  attachmentList,
  attachmentRetract,
  attachmentGet,
  search,
  dashboardGet,
] as const;

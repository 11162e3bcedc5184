/** Tasks and notices over HTTP. */
import { mailChoiceGet, mailChoiceSet } from '../../../contract/outgoing.ts';
import * as contract from '../../../contract/work.ts';
import { type Route, read, write } from '../../platform/http/route.ts';
import { readNotices } from './commands/read-notices.ts';
import { reassignTask } from './commands/reassign-task.ts';
import { mailChoiceView, setMailChoice } from './mail-choice.ts';
import { readNoticeList, readUnreadCount } from './notice-queries.ts';
import { readTaskList } from './task-queries.ts';

export const notificationRoutes: Route[] = [
  read(contract.taskList, ({ tx, query, actor, env, now, locale }) =>
    readTaskList(tx, query, { actor, env, now, locale }),
  ),
  write(contract.taskReassign, reassignTask, ({ params, body, locale }) => ({
    taskId: params.taskId,
    userId: body.userId,
    locale,
  })),
  read(contract.noticeList, ({ tx, query, actor, locale }) => readNoticeList(tx, query, actor, locale)),
  read(contract.noticeUnreadCount, ({ tx, actor, env, now }) => readUnreadCount(tx, { actor, env, now })),
  read(mailChoiceGet, ({ tx, actor }) => mailChoiceView(tx, actor.userId)),
  write(mailChoiceSet, setMailChoice, ({ body }) => body),
  write(contract.noticeRead, readNotices, ({ body }) => ({ ids: body.ids, unread: body.unread ?? false })),
];

/** Who is signed in, and what they may do. */
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactElement, type ReactNode, useContext } from 'react';
import type { Permission } from '../contract/roles.ts';
import { type Answer, api } from './api/client.ts';
import { queryClient, queryOf } from './api/hooks.ts';
import { isProblem } from './api/problem.ts';
import { setLocale, storedLocale } from './i18n/index.ts';
import { isLocale } from './i18n/locale.ts';

export type Session = Answer<'sessionGet'>;

const KEY = queryOf('sessionGet', {});

/** The server has said that nobody is signed in here: it need not be asked again until somebody signs in or the page is loaded anew. */
let nobody = false;

/** The session, from the cache or the server; null when nobody is signed in. */
export async function loadSession(): Promise<Session | null> {
  if (nobody) return null;
  try {
    const session = await queryClient.ensureQueryData({ ...KEY, staleTime: Number.POSITIVE_INFINITY, retry: false });
    await takeTheirLanguage(session);
    return session;
  } catch (error) {
    if (isProblem(error) && error.status === 401) {
      nobody = true;
      return null;
    }
    throw error;
  }
}

/** Asks before anything is drawn, while the texts are still on their way. */
export const prefetchSession = (): Promise<unknown> =>
  queryClient.fetchQuery({ ...KEY, staleTime: Number.POSITIVE_INFINITY, retry: false }).catch((error: unknown) => {
    nobody = isProblem(error) && error.status === 401;
  });

/** A new session: nothing that the one before could see stays. */
export async function startSession(session: Session): Promise<void> {
  nobody = false;
  queryClient.clear();
  queryClient.setQueryData(KEY.queryKey, session);
  await takeTheirLanguage(session);
}

/** The session has ended: goes where `leave` leads, then empties what was kept of it (the page under it would ask again at once). */
export async function forgetSession(leave: () => Promise<unknown>): Promise<void> {
  nobody = true;
  await leave();
  queryClient.clear();
}

/** Ends the session on the server. Follow with `forgetSession`. */
export async function signOut(everywhere: boolean): Promise<void> {
  try {
    if (everywhere) await api('sessionSignOutEverywhere', {});
    else await api('sessionSignOut', {});
  } catch (error) {
    // Already signed out: the aim is reached.
    if (!isProblem(error) || error.status !== 401) throw error;
  }
}

/** The language that somebody chose on this device wins; else the one on their record. */
async function takeTheirLanguage(session: Session): Promise<void> {
  if (storedLocale() === null && isLocale(session.actor.locale)) await setLocale(session.actor.locale);
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ initial, children }: { initial: Session; children: ReactNode }): ReactElement {
  const { data } = useQuery({ ...KEY, initialData: initial, staleTime: 5 * 60_000 });
  return <SessionContext value={data}>{children}</SessionContext>;
}

/** The session of the person in front of the screen. Only inside the shell. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session here');
  return session;
}

/** The session, or null outside of the shell. */
export const useMaybeSession = (): Session | null => useContext(SessionContext);

/** `const can = useCan(); can('order.create')` */
export function useCan(): (permission: Permission) => boolean {
  const { permissions } = useSession().actor;
  return (permission) => permissions.some((held) => held === permission);
}

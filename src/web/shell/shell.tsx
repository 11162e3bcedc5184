/** Everything behind the sign-in: the workbench for the company's people, the portal for partners'. */
import { Outlet, useRouteContext } from '@tanstack/react-router';
import { memo, type ReactElement } from 'react';
import { SessionProvider, useSession } from '../session.tsx';
import { PersonNamesProvider } from '../ui/person-names.tsx';
import { UnitNamesProvider } from '../ui/unit-names.tsx';
import { useAhead } from './ahead.ts';
import { Themed } from './frame.tsx';
import { Portal } from './portal.tsx';
import { Workbench } from './workbench.tsx';

export default function Shell(): ReactElement {
  const { session } = useRouteContext({ from: '/inside' });
  return (
    <SessionProvider initial={session}>
      <Inside />
    </SessionProvider>
  );
}

/** Another page does not draw anew what stands around it. */
const Inside = memo(function Inside(): ReactElement {
  return (
    <UnitNamesProvider>
      <PersonNamesProvider>
        <Side />
      </PersonNamesProvider>
    </UnitNamesProvider>
  );
});

function Side(): ReactElement {
  const partner = useSession().actor.kind === 'partner';
  return (
    <Themed density={partner ? 'portal' : 'workbench'}>
      <Ahead />
      {partner ? (
        <Portal>
          <Outlet />
        </Portal>
      ) : (
        <Workbench>
          <Outlet />
        </Workbench>
      )}
    </Themed>
  );
}

function Ahead(): null {
  useAhead();
  return null;
}

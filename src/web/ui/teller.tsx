import { App } from 'antd';
import { type ReactElement, useEffect } from 'react';
import type { Hands } from './tell.tsx';

/** Where antd draws messages and questions. */
export default function Teller({ onReady }: { onReady: (hands: Hands) => void }): ReactElement {
  return (
    <App component={false}>
      <Given onReady={onReady} />
    </App>
  );
}

function Given({ onReady }: { onReady: (hands: Hands) => void }): null {
  const hands = App.useApp();
  useEffect(() => onReady(hands), [hands, onReady]);
  return null;
}

/** Words that come up over something when one points at it. antd's part for that is mounted with the pointer: a list has hundreds of such places. */
import { Tooltip } from 'antd';
import { type ReactElement, useState } from 'react';

export function Hint({ title, children }: { title: string; children: ReactElement }): ReactElement {
  const [near, setNear] = useState(false);
  return (
    <span onPointerEnter={() => setNear(true)}>
      {near ? (
        <Tooltip title={title} defaultOpen>
          {children}
        </Tooltip>
      ) : (
        children
      )}
    </span>
  );
}

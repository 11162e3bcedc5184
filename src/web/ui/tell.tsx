/** Questions, short messages and notices over the page: `const { modal, message } = useTell()`. What draws them comes with the first one. */
import type { App } from 'antd';
import {
  createContext,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useMemo,
  useRef,
  useState,
} from 'react';

/** antd's own hands for it. */
export type Hands = ReturnType<typeof App.useApp>;
type Said<Part, Name extends keyof Part> = {
  [N in Name]: (...words: Part[N] extends (...given: infer W) => unknown ? W : never) => void;
};
type Tell = {
  /** It will be wanted: what draws it comes now. */
  getReady: () => void;
  modal: Said<Hands['modal'], 'confirm' | 'info' | 'success' | 'warning'>;
  message: Said<Hands['message'], 'success' | 'info' | 'warning'>;
  notification: Said<Hands['notification'], 'error'>;
};

const TellContext = createContext<Tell | null>(null);
const Teller = lazy(() => import('./teller.tsx'));

export function TellProvider({ children }: { children: ReactNode }): ReactElement {
  const [wanted, want] = useState(false);
  const hands = useRef<Hands | null>(null);
  const waiting = useRef<((hands: Hands) => void)[]>([]);
  const tell = useMemo<Tell>(() => {
    const say = (words: (hands: Hands) => void) => {
      if (hands.current !== null) return words(hands.current);
      waiting.current.push(words);
      want(true);
    };
    return {
      getReady: () => want(true),
      modal: {
        confirm: (...words) => say(({ modal }) => void modal.confirm(...words)),
        info: (...words) => say(({ modal }) => void modal.info(...words)),
        success: (...words) => say(({ modal }) => void modal.success(...words)),
        warning: (...words) => say(({ modal }) => void modal.warning(...words)),
      },
      message: {
        success: (...words) => say(({ message }) => void message.success(...words)),
        info: (...words) => say(({ message }) => void message.info(...words)),
        warning: (...words) => say(({ message }) => void message.warning(...words)),
      },
      notification: { error: (...words) => say(({ notification }) => void notification.error(...words)) },
    };
  }, []);
  const onReady = useCallback((given: Hands) => {
    hands.current = given;
    for (const words of waiting.current.splice(0)) words(given);
  }, []);
  return (
    <TellContext value={tell}>
      {children}
      {wanted && (
        <Suspense fallback={null}>
          <Teller onReady={onReady} />
        </Suspense>
      )}
    </TellContext>
  );
}

export function useTell(): Tell {
  const tell = useContext(TellContext);
  if (tell === null) throw new Error('nothing to tell with here');
  return tell;
}
